package dev.segue.analysis;

/**
 * The statistics of an arm's listeners that the tests need: how many there are, and mean and variance of a metric over them.
 *
 * @param size number of listeners, at least 2
 * @param mean the mean of the listeners' values
 * @param variance the unbiased variance of the listeners' values, such that the mean's squared standard error is
 *     variance / size
 */
public record Sample(long size, double mean, double variance) {

    /** How far rounding may bring a sum of squares below its least possible value, as a fraction of it. */
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
     * The sample of these listeners.
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
     * The sample whose values have this sum and sum of squares, as a database gives them. Digits are lost when the mean is
     * large beside the spread.
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

    /** The mean's standard error, squared. */
    public double squaredError() {
        return variance / size;
    }

    /**
     * Student's confidence interval of the mean, with size − 1 degrees of freedom; the mean alone if the values do not vary.
     *
     * @param alpha how often the interval may miss, between 0 and 1
     */
    public Interval interval(double alpha) {
        Arguments.requireOpenShare("alpha", alpha);
        return Interval.around(mean, StudentT.twoSidedCriticalValue(alpha, size - 1.0) * Math.sqrt(squaredError()));
    }
}
