package dev.segue.analysis;

/**
 * The statistics of a metric over the listeners of an arm: number of listeners, mean and variance.
 *
 * @param size number of listeners, at least 2
 * @param mean the mean of the listeners' values
 * @param variance the unbiased variance of the listeners' values, such that the mean's squared standard error is
 *     variance / size
 */
public record Sample(long size, double mean, double variance) {

    /** The relative rounding error that is tolerated in a sum of squares. */
    private static final double ROUNDING = 1e-9;

    public Sample {
        if (size < 2) {
            throw new IllegalArgumentException(
                    "an arm has " + size + " listeners with a value; comparing arms takes at least 2 in each");
        }
        Arguments.requireFinite("mean", mean);
        Arguments.requireFinite("variance", variance);
        if (variance < 0) {
            throw new IllegalArgumentException("variance " + variance + " is negative");
        }
    }

    /**
     * Computes the sample of listeners.
     *
     * @param values a finite value for each listener
     * @throws IllegalArgumentException if there are fewer than two values or one is not finite
     */
    public static Sample of(double... values) {
        var moments = new Moments(1);
        for (double value : values) {
            moments.add(value);
        }
        return moments.sample(0);
    }

    /**
     * Computes the sample from the sum of the values and the sum of their squares. Precision is lost if the mean is large
     * compared to the spread.
     *
     * @throws IllegalArgumentException if there are fewer than two values or no values have such sums
     */
    public static Sample ofSums(long size, double sum, double sumOfSquares) {
        double least = sum * sum / size;
        double centred = sumOfSquares - least;
        if (centred < -ROUNDING * least) {
            throw new IllegalArgumentException(
                    size + " values with the sum " + sum + " cannot have the sum of squares " + sumOfSquares);
        }
        return new Sample(size, sum / size, size < 2 ? 0 : Math.max(0, centred) / (size - 1));
    }

    /** The squared standard error of the mean. */
    public double squaredError() {
        return variance / size;
    }

    /**
     * Student's confidence interval of the mean, with size − 1 degrees of freedom; the mean alone if the values do not vary.
     *
     * @param alpha 1 − confidence level, between 0 and 1
     */
    public Interval interval(double alpha) {
        Arguments.requireOpenShare("alpha", alpha);
        return Interval.around(mean, StudentT.twoSidedCriticalValue(alpha, size - 1.0) * Math.sqrt(squaredError()));
    }
}
