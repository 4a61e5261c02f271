package dev.segue.health;

import dev.segue.analysis.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Simultaneous confidence intervals, which hold for several estimates together, so that the data may select the best of them. The half-width
 * of each, in standard errors, is the 95% quantile over the resamples of the largest standardised deviation of all estimates (single-step
 * max-t; Westfall and Young, Resampling-Based Multiple Testing, 1993).
 */
final class SimultaneousIntervals {

    /** The probability that at least one of the intervals does not cover its true value. */
    static final double ALPHA = 0.05;

    private SimultaneousIntervals() {}

    /**
     * The intervals of estimates.
     *
     * @param estimates at least one
     * @param resampled estimates × resamples; a column has the same resample for all estimates
     */
    static List<Interval> of(double[] estimates, double[][] resampled) {
        double[] errors = Arrays.stream(resampled)
                .mapToDouble(SimultaneousIntervals::standardDeviation)
                .toArray();
        double[] largest = new double[resampled[0].length];
        for (int draw = 0; draw < largest.length; draw++) {
            for (int i = 0; i < estimates.length; i++) {
                double deviation = Math.abs(resampled[i][draw] - estimates[i]);
                largest[draw] = Math.max(largest[draw], errors[i] == 0 ? 0 : deviation / errors[i]);
            }
        }
        Arrays.sort(largest);
        double quantile = largest[(int) Math.ceil((largest.length + 1) * (1 - ALPHA)) - 1];
        return IntStream.range(0, estimates.length)
                .mapToObj(i -> new Interval(estimates[i] - quantile * errors[i], estimates[i] + quantile * errors[i]))
                .toList();
    }

    private static double standardDeviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** The percentile interval of one estimate's resamples. */
    static Interval percentiles(double[] resampled) {
        double[] sorted = resampled.clone();
        Arrays.sort(sorted);
        int low = (int) Math.floor((sorted.length + 1) * ALPHA / 2) - 1;
        return new Interval(sorted[low], sorted[sorted.length - 1 - low]);
    }
}
