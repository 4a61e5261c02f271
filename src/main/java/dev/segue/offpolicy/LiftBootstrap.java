package dev.segue.offpolicy;

import dev.segue.random.KeyedRandom;
import java.util.Arrays;
import java.util.List;

/**
 * The lifts of policies in bootstrap resamples (Efron 1979). The resampled units are listeners, since a listener's decisions are
 * correlated. All policies use the same resamples, so that they can be compared.
 */
public final class LiftBootstrap {

    /** The number of resamples. */
    public static final int REPLICATIONS = Bootstrap.REPLICATIONS;

    /** The key of this class's random streams. */
    private static final long STREAM = -29;

    private LiftBootstrap() {}

    /** The lifts in {@value #REPLICATIONS} resamples.
     *
     * @param policies the weights of policies for the same decisions
     * @return policies × resamples
     */
    public static double[][] lifts(List<WeightedRewards> policies, long seed) {
        double[][] lifts = new double[policies.size()][REPLICATIONS];
        int units = policies.isEmpty() ? 0 : policies.get(0).listeners();
        int[] drawn = new int[units];
        for (int replication = 0; units > 0 && replication < REPLICATIONS; replication++) {
            var random = new KeyedRandom(seed, STREAM, replication, 0);
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
