package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentEffectsTest {

    private static final double ALPHA = 0.05;
    private static final Metric TIME = new Metric("time", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);
    private static final Metric TRACKS = new Metric("tracks", Direction.NEITHER, Metric.Kind.MEAN);
    private static final Metric LATENCY = new Metric("latency", Direction.LOWER_IS_BETTER, Metric.Kind.MEAN);
    private static final Sample CONTROL = new Sample(1000, 10, 100);
    private static final SampleRatio FAIR = SampleRatio.of(List.of(1000L, 1010L), List.of(1.0, 1.0));

    @Test
    void splitsWithinChanceAreNotAMismatch() {
        assertFalse(FAIR.isMismatch());
        assertEquals(List.of(1005.0, 1005.0), FAIR.expected());
        assertEquals(0.8235, FAIR.pValue(), 5e-5); // chi-square 0.0498 with one degree of freedom
    }

    @Test
    void brokenSplitsAreDetected() {
        SampleRatio kohavi = SampleRatio.of(List.of(821_588L, 815_482L), List.of(1.0, 1.0));
        assertTrue(kohavi.isMismatch());
        assertEquals(1.8e-6, kohavi.pValue(), 5e-8);
        assertTrue(
                SampleRatio.of(List.of(200L, 0L, 200L), List.of(1.0, 1.0, 1.0)).isMismatch());
    }

    @Test
    void splitsAreComparedWithTheConfiguredWeights() {
        assertEquals(
                1,
                SampleRatio.of(List.of(900L, 50L, 50L), List.of(90.0, 5.0, 5.0)).pValue(),
                1e-12);
        assertTrue(SampleRatio.of(List.of(900L, 100L), List.of(1.0, 1.0)).isMismatch());
    }

    @Test
    void splitsThatCannotBeTestedAreRefused() {
        assertRefused("there are 1 arms; an effect takes at least 2", () -> SampleRatio.of(List.of(5L), List.of(1.0)));
        assertRefused("no listener was exposed in any arm", () -> SampleRatio.of(List.of(0L, 0L), List.of(1.0, 1.0)));
        assertRefused("an arm has -1 listeners", () -> SampleRatio.of(List.of(2L, -1L), List.of(1.0, 1.0)));
        assertRefused(
                "weight 0.0 is no finite number above 0", () -> SampleRatio.of(List.of(2L, 1L), List.of(1.0, 0.0)));
        assertRefused("2 arms have listeners, but 1 have weights", () -> SampleRatio.of(List.of(2L, 1L), List.of(1.0)));
    }

    @Test
    void brokenSplitsWithholdAllEffectsWithTheReason() {
        SampleRatio broken = SampleRatio.of(List.of(1000L, 1200L), List.of(1.0, 1.0));
        ExperimentEffects effects = ExperimentEffects.of("time", broken, List.of(effect(TIME, "T1", 12)));
        assertEquals(List.of(), effects.effects());
        assertEquals(
                "the split is broken (sample ratio mismatch, p = 2.0e-05): the arms have 1,000 instead of about 1,100,"
                        + " 1,200 instead of about 1,100 listeners; effects would show who is missing, so find out why"
                        + " first",
                effects.withheld());
    }

    @Test
    void thePrimaryMetricAndTheOthersAreCorrectedSeparately() {
        ExperimentEffects effects = ExperimentEffects.of(
                "time",
                FAIR,
                List.of(
                        effect(TIME, "T1", 11.0),
                        effect(TRACKS, "T1", 11.0),
                        effect(LATENCY, "T1", 10.2),
                        effect(TIME, "T2", 11.2)));
        assertNull(effects.withheld());
        assertEquals(TIME, effects.primary());
        List<Effect> rows = effects.effects();
        assertEquals(
                List.of("T1", "T1", "T1", "T2"), rows.stream().map(Effect::arm).toList());
        assertEquals(2 * rows.get(3).pValue(), rows.get(3).adjustedPValue(), 1e-15);
        assertEquals(rows.get(0).pValue(), rows.get(0).adjustedPValue(), 1e-15);
        assertEquals(2 * rows.get(1).pValue(), rows.get(1).adjustedPValue(), 1e-15);
        assertEquals(rows.get(2).pValue(), rows.get(2).adjustedPValue(), 1e-15);
    }

    @Test
    void unknownMetricsAreRefusedWithTheKnownOnes() {
        assertRefused(
                "unknown metric \"tiem\"; there are: time, tracks",
                () -> ExperimentEffects.of(
                        "tiem",
                        FAIR,
                        List.of(effect(TIME, "T1", 11), effect(TRACKS, "T1", 11), effect(TIME, "T2", 11))));
    }

    @Test
    void holmMatchesAComputationByHand() {
        assertArrayEquals(
                new double[] {0.06, 0.06, 0.02, 0.04},
                MultipleTests.holm(new double[] {0.03, 0.04, 0.005, 0.0133333333333}),
                1e-10);
        assertArrayEquals(new double[] {1, 1}, MultipleTests.holm(new double[] {0.6, 0.9}));
    }

    @Test
    void benjaminiHochbergMatchesAComputationByHand() {
        assertArrayEquals(
                new double[] {0.04, 0.04, 0.02, 0.0266666666666},
                MultipleTests.benjaminiHochberg(new double[] {0.03, 0.04, 0.005, 0.0133333333333}),
                1e-10);
        assertArrayEquals(new double[] {0.9, 0.9}, MultipleTests.benjaminiHochberg(new double[] {0.6, 0.9}));
    }

    @Test
    void untestableMetricsDoNotCount() {
        assertArrayEquals(
                new double[] {0.02, Double.NaN, 0.04}, MultipleTests.holm(new double[] {0.01, Double.NaN, 0.04}));
        assertArrayEquals(
                new double[] {0.02, Double.NaN, 0.04},
                MultipleTests.benjaminiHochberg(new double[] {0.01, Double.NaN, 0.04}));
        assertArrayEquals(new double[0], MultipleTests.holm(new double[0]));
    }

    private static Effect effect(Metric metric, String arm, double mean) {
        return Effect.of(metric, arm, CONTROL, new Sample(1000, mean, 100), IntervalMethod.FIELLER, ALPHA);
    }
}
