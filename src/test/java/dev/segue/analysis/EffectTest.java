package dev.segue.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectTest {

    private static final double ALPHA = 0.05;
    private static final Metric TIME = new Metric("time", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);
    private static final Metric LATENCY = new Metric("latency", Direction.LOWER_IS_BETTER, Metric.Kind.MEAN);
    private static final Metric TRACKS = new Metric("tracks", Direction.NEITHER, Metric.Kind.MEAN);

    /** R's {@code sleep}: hours of extra sleep under two drugs (Student 1908). */
    private static final Sample FIRST_DRUG = Sample.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);

    private static final Sample SECOND_DRUG = Sample.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

    /** Means 10 and 12, both with a standard error of 1. */
    private static final Sample CONTROL = new Sample(100, 10, 100);

    private static final Sample TREATMENT = new Sample(100, 12, 100);

    @Test
    void welchTestAgreesWithR() {
        Difference difference = Difference.welch(SECOND_DRUG, FIRST_DRUG, ALPHA);
        assertEquals(-1.8608, difference.estimate() / difference.standardError(), 5e-5);
        assertEquals(0.07939, difference.pValue(), 5e-6);
        assertEquals(-3.3654832, difference.interval().lower(), 5e-8);
        assertEquals(0.2054832, difference.interval().upper(), 5e-8);
        assertEquals(17.776, StudentT.degreesOfFreedom(SECOND_DRUG, 1, FIRST_DRUG), 5e-4);
    }

    @Test
    void intervalsFollowTheirFormulas() {
        assertInterval(
                (120 - 2 * Math.sqrt(240)) / 96 - 1,
                (120 + 2 * Math.sqrt(240)) / 96 - 1,
                IntervalMethod.FIELLER.relativeInterval(CONTROL, TREATMENT, 2));
        assertInterval(
                0.2 - 0.2 * Math.sqrt(2),
                0.2 + 0.2 * Math.sqrt(2),
                IntervalMethod.SEED.relativeInterval(CONTROL, TREATMENT, 2));
        assertInterval(
                0.2 - 0.2 * Math.sqrt(2.44),
                0.2 + 0.2 * Math.sqrt(2.44),
                IntervalMethod.DELTA.relativeInterval(CONTROL, TREATMENT, 2));
        double reach = 2 * Math.sqrt(1.0 / 100 + 1.0 / 144);
        assertInterval(
                1.2 * Math.exp(-reach) - 1,
                1.2 * Math.exp(reach) - 1,
                IntervalMethod.LOG.relativeInterval(CONTROL, TREATMENT, 2));
    }

    @Test
    void fiellersBoundsAreTheRatiosAtTheCriticalValue() {
        Interval interval = IntervalMethod.FIELLER.relativeInterval(CONTROL, TREATMENT, 3);
        for (double end : new double[] {interval.lower(), interval.upper()}) {
            double ratio = 1 + end;
            assertEquals(9, Math.pow(12 - ratio * 10, 2) / (1 + ratio * ratio), 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {10.5, 12.7, 12.7725, 12.7735, 14, 7.2, 7.22775, 7.2265, 6})
    void fiellersAndSeedsIntervalsExcludeZeroIfAndOnlyIfTheTestIsSignificant(double treatmentMean) {
        Sample treatment = new Sample(100, treatmentMean, 96);
        for (IntervalMethod method : new IntervalMethod[] {IntervalMethod.FIELLER, IntervalMethod.SEED}) {
            Effect effect = Effect.of(TIME, "T1", CONTROL, treatment, method, ALPHA);
            assertEquals(effect.significant(), !effect.relativeInterval().contains(0));
            assertEquals(effect.significant(), !effect.absolute().interval().contains(0));
        }
    }

    @Test
    void fiellersIntervalIsUnboundedIfTheControlMeanMayBeZero() {
        Sample uncertain = new Sample(100, 1.9, 100);
        assertEquals(Interval.UNBOUNDED, IntervalMethod.FIELLER.relativeInterval(uncertain, TREATMENT, 2));
        assertTrue(IntervalMethod.FIELLER
                .relativeInterval(uncertain, TREATMENT, 1.8)
                .isBounded());
    }

    @ParameterizedTest
    @EnumSource
    void relativeEffectsNeedAPositiveControlMean(IntervalMethod method) {
        for (double mean : new double[] {0, -0.0, -10}) {
            Effect effect = Effect.of(TIME, "T1", new Sample(100, mean, 100), TREATMENT, method, ALPHA);
            assertTrue(Double.isNaN(effect.relative()));
            assertFalse(effect.relativeInterval().isBounded());
            assertTrue(effect.significant()); // the absolute difference remains
            assertEquals(Verdict.BETTER, effect.verdict());
        }
    }

    @Test
    void theLogIntervalIsUnboundedForATreatmentMeanOfZero() {
        assertEquals(Interval.UNBOUNDED, IntervalMethod.LOG.relativeInterval(CONTROL, new Sample(100, 0, 100), 2));
    }

    @ParameterizedTest
    @EnumSource
    void armsWithoutVariationCannotBeTested(IntervalMethod method) {
        for (double other : new double[] {0.1, 0.2}) {
            Effect effect = Effect.of(TIME, "T1", Sample.of(0.1, 0.1, 0.1), Sample.of(other, other), method, ALPHA);
            assertEquals(Verdict.UNTESTABLE, effect.verdict());
            assertFalse(effect.significant());
            assertTrue(Double.isNaN(effect.pValue()));
            assertFalse(effect.relativeInterval().isBounded());
            assertFalse(effect.absolute().interval().isBounded());
            assertEquals(other / 0.1 - 1, effect.relative(), 1e-12);
        }
    }

    @Test
    void variationInOneArmIsEnoughForATest() {
        Difference difference = Difference.welch(Sample.of(1, 1, 1), Sample.of(2, 3, 4), ALPHA);
        assertEquals(2 * Math.sqrt(3), difference.estimate() / difference.standardError(), 1e-12);
        assertEquals(0.0742, difference.pValue(), 5e-5); // t = 3.4641 with 2 degrees of freedom: 1 − t/√(t² + 2)
    }

    @Test
    void verdictsFollowTheDirectionOfTheMetric() {
        Sample more = new Sample(100, 20, 100);
        assertEquals(Verdict.BETTER, verdict(TIME, CONTROL, more));
        assertEquals(Verdict.WORSE, verdict(TIME, more, CONTROL));
        assertEquals(Verdict.WORSE, verdict(LATENCY, CONTROL, more));
        assertEquals(Verdict.BETTER, verdict(LATENCY, more, CONTROL));
        assertEquals(Verdict.DIFFERENT, verdict(TRACKS, CONTROL, more));
        assertEquals(Verdict.UNCLEAR, verdict(TIME, CONTROL, TREATMENT));
    }

    @Test
    void verdictsUseTheAdjustedPValueAndSignificanceTheRawOne() {
        Effect effect = Effect.of(TIME, "T1", CONTROL, new Sample(100, 20, 100), IntervalMethod.FIELLER, ALPHA);
        Effect corrected = effect.withAdjustedPValue(0.06);
        assertTrue(corrected.significant());
        assertEquals(Verdict.UNCLEAR, corrected.verdict());
    }

    private static Verdict verdict(Metric metric, Sample control, Sample treatment) {
        return Effect.of(metric, "T1", control, treatment, IntervalMethod.FIELLER, ALPHA)
                .verdict();
    }

    private static void assertInterval(double lower, double upper, Interval interval) {
        assertEquals(lower, interval.lower(), 1e-12);
        assertEquals(upper, interval.upper(), 1e-12);
    }
}
