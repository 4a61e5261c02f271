package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerTest {

    private static final ExperimentPlan PLAN = plan(1, 1);

    @Test
    void sampleSizeAgreesWithR() {
        assertEquals(63.76561, PLAN.units(0.5), 5e-6); // pwr.t.test(d = 0.5, power = 0.8)
        assertEquals(List.of(64L, 64L), PLAN.listenersPerArm(0.5));
        assertEquals(List.of(64L, 64L), PLAN.listenersPerArm(-0.5));
        assertEquals(0.8, PLAN.powerFor(0.5, 128), 0.002); // power.t.test(n = 64, delta = 0.5) gives 0.8014596
        assertEquals(0.8014596, PLAN.powerFor(0.5, 128), 5e-8);
    }

    @Test
    void detectableLiftInvertsTheSampleSize() {
        for (double lift : new double[] {0.01, 0.1, 0.5, 2}) {
            double units = PLAN.units(lift);
            assertEquals(lift, PLAN.detectableLift(Math.round(2 * units)), 0.02 * lift);
        }
        assertEquals(0.5, PLAN.detectableLift(128), 0.002);
        assertEquals(0.8, PLAN.powerFor(PLAN.detectableLift(128), 128), 1e-9);
    }

    @Test
    void manyListenersGiveTheNormalFormula() {
        // 2·((1.959964 + 0.841621)/0.001)² = 15,697,760 in each arm
        assertEquals(15_697_760, PLAN.units(0.001), 50); // the formula leaves out the opposite tail
        assertEquals(1, PLAN.powerFor(0.5, 1_000_000_000), 1e-9);
    }

    @Test
    void unequalArmsNeedMoreListeners() {
        List<Long> unequal = plan(9, 1).listenersPerArm(0.5);
        assertEquals(9, (double) unequal.get(0) / unequal.get(1), 0.2);
        assertTrue(unequal.get(0) + unequal.get(1) > 2 * 128);
    }

    @Test
    void moreTreatmentsShareTheAlpha() {
        ExperimentPlan three = plan(1, 1, 1);
        assertEquals(0.025, three.alphaPerTreatment());
        assertEquals(
                new ExperimentPlan(1, 1, List.of(1, 1), 0.025, 0.8)
                        .listenersPerArm(0.5)
                        .get(0),
                three.listenersPerArm(0.5).get(0));
        assertEquals(3, three.listenersPerArm(0.5).size());
    }

    @Test
    void smallestTreatmentDecides() {
        assertEquals(
                plan(4, 1, 1).listenersPerArm(0.5).get(1),
                plan(4, 1, 3).listenersPerArm(0.5).get(1));
    }

    @Test
    void hugeLiftsNeedTwoListeners() {
        assertEquals(List.of(2L, 2L), PLAN.listenersPerArm(100));
    }

    @Test
    void simulatedExperimentsHaveTheNominalPower() {
        int runs = 1000;
        int found = 0;
        for (int run = 0; run < runs; run++) {
            var random = new KeyedRandom(7, run, 0, 0);
            Moments[] arms = {new Moments(1), new Moments(1)};
            for (int listener = 0; listener < 128; listener++) {
                arms[listener % 2].add(1 + 0.5 * (listener % 2) + random.nextGaussian());
            }
            found +=
                    Difference.welch(arms[0].sample(0), arms[1].sample(0), 0.05).pValue() < 0.05 ? 1 : 0;
        }
        assertEquals(0.8015, (double) found / runs, 0.035);
    }

    @Test
    void detectableDifferenceFollowsFromTheArms() {
        Sample arm = new Sample(64, 1, 1);
        assertEquals(PLAN.detectableLift(128), Power.detectableDifference(arm, arm, 0.05, 0.8), 1e-9);
        Sample wide = new Sample(64, 1, 4);
        assertEquals(1, Power.detectableDifference(wide, wide, 0.05, 0.8) / (2 * PLAN.detectableLift(128)), 1e-9);
        assertTrue(Double.isNaN(Power.detectableDifference(Sample.of(1, 1), Sample.of(2, 2), 0.05, 0.8)));
    }

    @Test
    void invalidPlansAreRefused() {
        assertRefused("mean 0.0 is no finite number above 0", () -> new ExperimentPlan(0, 1, List.of(1, 1), 0.05, 0.8));
        assertRefused(
                "standard deviation NaN is no finite number above 0",
                () -> new ExperimentPlan(1, Double.NaN, List.of(1, 1), 0.05, 0.8));
        assertRefused(
                "there are 1 weights; give one for control and one for each treatment",
                () -> new ExperimentPlan(1, 1, List.of(1), 0.05, 0.8));
        assertRefused("weight 0 is below 1", () -> new ExperimentPlan(1, 1, List.of(1, 0), 0.05, 0.8));
        assertRefused(
                "power 0.05 is not above alpha 0.05, which a test reaches without any effect; 0.8 is usual",
                () -> new ExperimentPlan(1, 1, List.of(1, 1), 0.05, 0.05));
        assertRefused(
                "power 80.0 is no number between 0 and 1", () -> new ExperimentPlan(1, 1, List.of(1, 1), 0.05, 80));
        assertRefused("a lift of 0 cannot be found with any number of listeners", () -> PLAN.listenersPerArm(0));
        assertRefused("lift NaN is no finite number", () -> PLAN.powerFor(Double.NaN, 10));
        assertRefused(
                "a lift of 1.0E-9 would take more than a million million listeners", () -> PLAN.listenersPerArm(1e-9));
        assertRefused(
                "3 listeners leave fewer than 2 in the smallest arm; comparing arms takes at least 2 in each",
                () -> PLAN.detectableLift(3));
    }

    private static ExperimentPlan plan(Integer... weights) {
        return new ExperimentPlan(1, 1, List.of(weights), 0.05, 0.8);
    }
}
