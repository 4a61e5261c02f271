package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Percentile intervals by resampling units with replacement (Efron 1979). The units are listeners and not decisions, since a listener's
 * decisions are correlated. All estimates use the same resamples. Parameters that were chosen by the data stay fixed.
 */
final class Bootstrap {

    /** The number of resamples: one less than a multiple of 40, so that the ends of 95% intervals are order statistics. */
    static final int REPLICATIONS = 999;

    private Bootstrap() {}

    /** An interval for each estimate.
     *
     * @param estimates estimates with the same units, at least one of which has a denominator above 0
     * @param alpha 1 − the confidence level, between 0 and 1
     */
    static List<Interval> intervals(List<Contributions> estimates, double alpha, long seed) {
        if (estimates.isEmpty()) {
            return List.of();
        }
        int units = estimates.get(0).counts().length;
        double[][] values = new double[estimates.size()][REPLICATIONS];
        int[] drawn = new int[units];
        for (int replication = 0; replication < REPLICATIONS; replication++) {
            var random = new KeyedRandom(seed, replication, 0, 0);
            Arrays.fill(drawn, 0);
            for (int i = 0; i < units; i++) {
                drawn[random.nextInt(units)]++;
            }
            for (int i = 0; i < values.length; i++) {
                values[i][replication] = value(estimates.get(i), drawn);
            }
        }
        List<Interval> intervals = new ArrayList<>();
        for (double[] replicated : values) {
            Arrays.sort(replicated);
            int low = Math.max(0, (int) Math.floor((REPLICATIONS + 1) * alpha / 2) - 1);
            intervals.add(new Interval(replicated[low], replicated[REPLICATIONS - 1 - low]));
        }
        return intervals;
    }

    /** The estimate of a resample; the estimate of all units if the resample's denominator is 0. */
    private static double value(Contributions estimate, int[] drawn) {
        double numerator = 0;
        double denominator = 0;
        for (int unit = 0; unit < drawn.length; unit++) {
            numerator += drawn[unit] * estimate.numerators()[unit];
            denominator += drawn[unit] * estimate.denominators()[unit];
        }
        return denominator == 0 ? estimate.value() : numerator / denominator;
    }
}
