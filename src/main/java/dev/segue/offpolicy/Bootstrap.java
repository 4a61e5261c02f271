package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Percentile intervals by resampling units with replacement (Efron 1979): a listener's decisions depend on each other, so listeners are
 * drawn and not decisions. All estimates are resampled by the same draws. Parameters that were chosen by the data stay as they are.
 */
final class Bootstrap {

    /** One less than a multiple of 40, so that the ends of 95% intervals are order statistics. */
    static final int REPLICATIONS = 999;

    private Bootstrap() {}

    /**
     * An interval for each of the estimates.
     *
     * @param estimates with the same units, of which one at least has a denominator above 0
     * @param alpha how often an interval may miss, between 0 and 1
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

    /** The estimate of a resample; that of all units if none in it has a denominator. */
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
