package dev.segue.health;

import dev.segue.analysis.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Intervals that hold for several estimates at once, so that the best of them may be chosen by the data: each reaches as many standard
 * errors to both sides as the largest standardised deviation of all estimates reaches in 95% of the resamples (single-step max-t;
 * Westfall and Young, Resampling-Based Multiple Testing, 1993).
 */
final class SimultaneousIntervals {

    /** How often any of the intervals may miss. */
    static final double ALPHA = 0.05;

    private SimultaneousIntervals() {}

    /**
     * The intervals of estimates.
     *
     * @param estimates at least one
     * @param resampled estimates × resamples, all by the same draws
     */
    static List<Interval> of(double[] estimates, double[][] resampled) {
        double[] errors = Arrays.stream(resampled)
                .mapToDouble(SimultaneousIntervals::deviation)
                .toArray();
        double[] largest = new double[resampled[0].length];
        for (int draw = 0; draw < largest.length; draw++) {
            for (int i = 0; i < estimates.length; i++) {
                double deviation = Math.abs(resampled[i][draw] - estimates[i]);
                largest[draw] = Math.max(largest[draw], errors[i] == 0 ? 0 : deviation / errors[i]);
            }
        }
        Arrays.sort(largest);
        double reach = largest[(int) Math.ceil((largest.length + 1) * (1 - ALPHA)) - 1];
        return IntStream.range(0, estimates.length)
                .mapToObj(i -> new Interval(estimates[i] - reach * errors[i], estimates[i] + reach * errors[i]))
                .toList();
    }

    private static double deviation(double[] values) {
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
