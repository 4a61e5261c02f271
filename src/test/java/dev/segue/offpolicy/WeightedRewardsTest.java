package dev.segue.offpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedRewardsTest {

    /** Two listeners with two decisions each: weights 2 and 0, 1 and 1; rewards 0.8 and 0.2, 0.5 and 0.1. */
    private static WeightedRewards ofTwo() {
        var sums = new WeightedRewards(2, 0);
        sums.add(0, 2, 0.8);
        sums.add(0, 0, 0.2);
        sums.add(1, 1, 0.5);
        sums.add(1, 1, 0.1);
        return sums;
    }

    @Test
    void theEstimateIsSelfNormalised() {
        WeightedRewards sums = ofTwo();
        assertEquals(4, sums.decisions());
        assertEquals(2, sums.listeners());
        assertEquals((1.6 + 0.5 + 0.1) / 4, sums.value(), 1e-12);
        assertEquals(0.4, sums.loggedMean(), 1e-12);
        assertEquals(0.55 / 0.4 - 1, sums.lift(), 1e-12);
        assertEquals(16.0 / 6, sums.effectiveSampleSize(), 1e-12);
        assertEquals(1, sums.meanWeight(), 1e-12);
    }

    /** The estimate and the logged mean of the second listener are both 0.3. */
    @Test
    void aResampleWeightsListenersByTheirDraws() {
        assertEquals(0, ofTwo().lift(new int[] {0, 2}), 1e-12);
        assertEquals(0.8 / 0.5 - 1, ofTwo().lift(new int[] {1, 0}), 1e-12);
        assertEquals(ofTwo().lift(), ofTwo().lift(new int[] {3, 3}), 1e-12);
    }

    /** The logging policy has the weight 1 at all decisions. */
    @Test
    void reportsTheProblemsOfWeights() {
        assertNull(of(400, 1).problem());
        assertEquals(WeightProblem.FEW, of(99, 1).problem());
        assertNull(of(99, 1).problemOfSupport());
        assertEquals(WeightProblem.NO_SUPPORT, of(400, 0.5).problem());
        assertEquals(WeightProblem.WRONG_PROPENSITIES, of(400, 2).problem());
    }

    /** The unlogged share may be the logging policy's unseen share, 0.2, plus a tolerance of 0.05. */
    @Test
    void unloggedChoicesHaveNoSupportForAnyWeights() {
        WeightedRewards few = of(400, 1);
        few.addSupport(0.8);
        few.addSupport(0.72);
        assertNull(few.problem());
        WeightedRewards many = of(400, 1);
        many.addSupport(0.8);
        many.addSupport(0.6);
        assertEquals(WeightProblem.NO_SUPPORT, many.problem());
        assertEquals(0.3, many.unsupportedShare(), 1e-12);
    }

    @Test
    void theUnseenShareIsTheShareOfTracksRecommendedOnce() {
        var tracks = new LoggedTracks();
        assertEquals(1, tracks.unseen());
        for (int track : new int[] {1, 1, 2, 3, 3, 3, 4, 5}) {
            tracks.add(track);
        }
        assertEquals(3 / 8.0, tracks.unseen());
        assertTrue(tracks.contains(5));
        assertFalse(tracks.contains(6));
    }

    private static WeightedRewards of(int decisions, double weight) {
        var sums = new WeightedRewards(decisions, 0.2);
        for (int unit = 0; unit < decisions; unit++) {
            sums.add(unit, weight, 0.5);
        }
        return sums;
    }

    /** Policies with the same sums have the same lift in each resample. */
    @Test
    void allPoliciesUseTheSameResamples() {
        var sums = new WeightedRewards(400, 0);
        for (int unit = 0; unit < 400; unit++) {
            sums.add(unit, unit % 2 * 2, unit % 4 == 1 ? 1 : 0.25);
        }
        double[][] lifts = LiftBootstrap.lifts(List.of(sums, sums), 1);
        assertEquals(LiftBootstrap.REPLICATIONS, lifts[0].length);
        assertEquals(Arrays.toString(lifts[0]), Arrays.toString(lifts[1]));
        assertEquals(sums.lift(), Arrays.stream(lifts[0]).average().orElseThrow(), 0.02);
    }
}
