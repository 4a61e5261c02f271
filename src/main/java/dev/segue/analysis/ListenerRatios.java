package dev.segue.analysis;

/**
 * The listeners of an arm with two numbers each, whose ratio is the metric, such as skipped and played tracks. {@link
 * #ratioOfSums} weights the tracks equally, {@link #meanOfRatios} the listeners.
 */
public final class ListenerRatios {

    private static final int NUMERATOR = 0;
    private static final int DENOMINATOR = 1;

    private final Moments sums = new Moments(2);
    private final Moments ratios = new Moments(1);

    /**
     * Adds a listener.
     *
     * @param numerator finite
     * @param denominator finite, ≥ 0
     * @throws IllegalArgumentException if a number is not in its range
     */
    public void add(double numerator, double denominator) {
        if (denominator < 0) {
            throw new IllegalArgumentException("denominator " + denominator + " is negative");
        }
        sums.add(numerator, denominator);
        if (denominator > 0) {
            ratios.add(numerator / denominator);
        }
    }

    /**
     * The sum of the numerators over the sum of the denominators, R = N̄/D̄. Its variance by the delta method is (s²_N −
     * 2R·s_ND + R²·s²_D)/(n·D̄²), with the listeners as units (Deng, Knoblich and Lu, Applying the delta method in metric
     * analytics, KDD 2018, on cluster randomization).
     *
     * @throws IllegalArgumentException if there are fewer than two listeners or all denominators are 0
     */
    public Sample ratioOfSums() {
        Sample denominator = sums.sample(DENOMINATOR);
        if (denominator.mean() == 0) {
            throw new IllegalArgumentException(
                    "the denominators of all " + denominator.size() + " listeners are 0; their ratio is undefined");
        }
        double ratio = sums.mean(NUMERATOR) / denominator.mean();
        double variance = sums.covariance(NUMERATOR, NUMERATOR)
                - 2 * ratio * sums.covariance(NUMERATOR, DENOMINATOR)
                + ratio * ratio * denominator.variance();
        return new Sample(denominator.size(), ratio, Math.max(0, variance) / (denominator.mean() * denominator.mean()));
    }

    /**
     * The mean of the listeners' ratios. Listeners with the denominator 0 are left out.
     *
     * @throws IllegalArgumentException if there are fewer than two listeners with a ratio
     */
    public Sample meanOfRatios() {
        return ratios.sample(0);
    }
}
