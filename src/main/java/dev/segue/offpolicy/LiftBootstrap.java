package dev.segue.offpolicy;

import dev.segue.random.KeyedRandom;
import java.util.Arrays;
import java.util.List;

/**
 * The lifts of several policies in resamples of the listeners (Efron 1979): a listener's decisions depend on each other, so listeners are
 * drawn, with replacement. All policies are resampled by the same draws, so that they can be compared with each other.
 */
public final class LiftBootstrap {

    /** One less than a multiple of 40, so that the ends of 95% intervals are order statistics. */
    public static final int REPLICATIONS = Bootstrap.REPLICATIONS;

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -29;

    private LiftBootstrap() {}

    /**
     * The lifts in {@value #REPLICATIONS} resamples.
     *
     * @param policies on the same decisions
     * @return policies × resamples, each row in the order of the draws
     */
    public static double[][] lifts(List<WeightedRewards> policies, long seed) {
        double[][] lifts = new double[policies.size()][REPLICATIONS];
        int units = policies.isEmpty() ? 0 : policies.get(0).listeners();
        int[] drawn = new int[units];
        for (int replication = 0; units > 0 && replication < REPLICATIONS; replication++) {
            var random = new KeyedRandom(seed, DRAW, replication, 0);
            Arrays.fill(drawn, 0);
            for (int i = 0; i < units; i++) {
                drawn[random.nextInt(units)]++;
            }
            for (int policy = 0; policy < lifts.length; policy++) {
                lifts[policy][replication] = policies.get(policy).lift(drawn);
            }
        }
        return lifts;
    }
}
