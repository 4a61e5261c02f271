package dev.segue.analysis;

import java.util.Arrays;

/**
 * The observations of an arm, several for each listener, such as the latencies of all requests or the times of all sessions.
 * Observations of one listener are correlated, so the listeners are the units of the intervals.
 */
public final class ListenerValues {

    private final double[] values;
    private final int[] listeners;
    private final int size;
    private final double[] sorted;

    /**
     * Takes the observations, in any order. The arrays are not copied and must not be changed afterwards.
     *
     * @param values finite
     * @param listeners the number of the listener of each value, from 0 to size − 1
     * @param size the number of listeners, at least 2, including those without a value
     * @throws IllegalArgumentException if there are no values, the lengths differ or a number is not in its range
     */
    public ListenerValues(double[] values, int[] listeners, int size) {
        if (values.length != listeners.length) {
            throw new IllegalArgumentException(values.length + " values of " + listeners.length + " listeners");
        }
        if (values.length == 0) {
            throw new IllegalArgumentException("there are no values to take quantiles of");
        }
        for (int i = 0; i < values.length; i++) {
            Arguments.requireFinite("value", values[i]);
            if (listeners[i] < 0 || listeners[i] >= size) {
                throw new IllegalArgumentException("listener " + listeners[i] + " is none of 0 to " + (size - 1));
            }
        }
        this.values = values;
        this.listeners = listeners;
        this.size = size;
        sorted = values.clone();
        Arrays.parallelSort(sorted);
    }

    /** All values, from the smallest to the largest. */
    public double[] values() {
        return sorted.clone();
    }

    /**
     * A quantile of all observations.
     *
     * <p>Its interval reaches from the observation at rank p − qσ to that at p + qσ (Woodruff, Confidence intervals for
     * medians and other position measures, JASA 47, 1952), where σ is the standard error of the share of observations up
     * to the quantile: a ratio of two sums over listeners, so that σ² is its delta-method variance (the outer interval of
     * Deng, Knoblich and Lu, Applying the delta method in metric analytics, KDD 2018, on quantile metrics).
     *
     * @param probability between 0 and 1; 0.5 is the median
     * @param alpha how often the interval may miss, between 0 and 1
     * @throws IllegalArgumentException if a probability is not in its range or there are fewer than two listeners
     */
    public Quantile quantile(double probability, double alpha) {
        Arguments.requireOpenShare("probability", probability);
        Arguments.requireOpenShare("alpha", alpha);
        double value = sorted[(int) Math.ceil(probability * sorted.length) - 1];
        Sample share = shareUpTo(value);
        double q = StudentT.twoSidedCriticalValue(alpha, share.size() - 1.0);
        double reach = q * Math.sqrt(share.squaredError());
        Interval interval = new Interval(
                at(Math.floor((probability - reach) * sorted.length)),
                at(Math.ceil((probability + reach) * sorted.length)));
        return new Quantile(probability, sorted.length, size, value, interval, q);
    }

    private Sample shareUpTo(double limit) {
        double[] below = new double[size];
        double[] all = new double[size];
        for (int i = 0; i < values.length; i++) {
            below[listeners[i]] += values[i] <= limit ? 1 : 0;
            all[listeners[i]]++;
        }
        var ratios = new ListenerRatios();
        for (int listener = 0; listener < size; listener++) {
            ratios.add(below[listener], all[listener]);
        }
        return ratios.ratioOfSums();
    }

    /** The observation with a rank, counted from 1; infinite for ranks out of range. */
    private double at(double rank) {
        if (rank < 1) {
            return Double.NEGATIVE_INFINITY;
        }
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[(int) rank - 1];
    }
}
