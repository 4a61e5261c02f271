package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonInferiorityTest {

    private static final double ALPHA = 0.05;
    private static final Metric TIME = new Metric("time", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);
    private static final Metric LATENCY = new Metric("latency", Direction.LOWER_IS_BETTER, Metric.Kind.MEAN);
    private static final Metric TRACKS = new Metric("tracks", Direction.NEITHER, Metric.Kind.MEAN);

    /** A mean of 100 with a standard error of 1, with enough listeners for the normal distribution. */
    private static final Sample CONTROL = withMean(100);

    @Test
    void pValueIsTheOneSidedTestAtTheMargin() {
        NonInferiority guardrail = NonInferiority.relative(TIME, "T1", CONTROL, withMean(99), 0.04, ALPHA);
        // (99 − 0.96·100)/√(1 + 0.96²) = 2.1641
        assertEquals(0.01523, guardrail.pValue(), 2e-5);
        assertTrue(guardrail.isPassed());
        NonInferiority absolute = NonInferiority.absolute(TIME, "T1", CONTROL, withMean(99), 4, ALPHA);
        // (−1 + 4)/√2 = 2.1213
        assertEquals(0.01695, absolute.pValue(), 2e-5);
        assertEquals(-1 - 1.64485 * Math.sqrt(2), absolute.bound(), 1e-4);
        assertTrue(absolute.isPassed());
    }

    @Test
    void guardrailsFailWithTooFewListeners() {
        Sample few = new Sample(10, 100, 1000);
        assertFalse(NonInferiority.relative(TIME, "T1", few, few, 0.02, ALPHA).isPassed());
    }

    @Test
    void guardrailsFollowTheDirectionOfTheMetric() {
        assertTrue(NonInferiority.relative(LATENCY, "T1", CONTROL, withMean(90), 0.02, ALPHA)
                .isPassed());
        assertFalse(NonInferiority.relative(TIME, "T1", CONTROL, withMean(90), 0.02, ALPHA)
                .isPassed());
        assertFalse(NonInferiority.relative(LATENCY, "T1", CONTROL, withMean(110), 0.02, ALPHA)
                .isPassed());
        assertTrue(NonInferiority.relative(LATENCY, "T1", CONTROL, withMean(150), 1.5, ALPHA)
                .isPassed());
        assertEquals(
                NonInferiority.absolute(TIME, "T1", withMean(101), CONTROL, 4, ALPHA)
                        .pValue(),
                NonInferiority.absolute(LATENCY, "T1", CONTROL, withMean(101), 4, ALPHA)
                        .pValue(),
                1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {96, 97.5, 98.25, 98.3, 98.35, 98.4, 99, 103})
    void guardrailsPassIfAndOnlyIfTheBoundIsWithinTheMargin(double mean) {
        NonInferiority relative = NonInferiority.relative(TIME, "T1", CONTROL, withMean(mean), 0.04, ALPHA);
        assertEquals(relative.isPassed(), relative.bound() > -0.04);
        NonInferiority absolute = NonInferiority.absolute(LATENCY, "T1", withMean(mean), CONTROL, 4, ALPHA);
        assertEquals(absolute.isPassed(), absolute.bound() < 4);
    }

    @Test
    void untestableGuardrailsFail() {
        Sample constant = Sample.of(5, 5, 5);
        for (NonInferiority guardrail : new NonInferiority[] {
            NonInferiority.relative(TIME, "T1", constant, constant, 0.04, ALPHA),
            NonInferiority.absolute(TIME, "T1", constant, constant, 0.04, ALPHA),
            NonInferiority.relative(TIME, "T1", withMean(0), CONTROL, 0.04, ALPHA)
        }) {
            assertTrue(Double.isNaN(guardrail.pValue()));
            assertEquals(Double.NEGATIVE_INFINITY, guardrail.bound());
            assertFalse(guardrail.isPassed());
        }
        assertTrue(NonInferiority.absolute(TIME, "T1", withMean(0), CONTROL, 4, ALPHA)
                .isPassed());
    }

    @Test
    void invalidGuardrailsAreRefused() {
        assertRefused(
                "a change of tracks is neither good nor bad; guard a metric that has a direction",
                () -> NonInferiority.relative(TRACKS, "T1", CONTROL, CONTROL, 0.04, ALPHA));
        assertRefused(
                "margin 0.0 is no finite number above 0",
                () -> NonInferiority.absolute(TIME, "T1", CONTROL, CONTROL, 0, ALPHA));
        assertRefused(
                "margin 1.0 lets time fall to nothing; give a fraction of the control mean below 1",
                () -> NonInferiority.relative(TIME, "T1", CONTROL, CONTROL, 1, ALPHA));
    }

    private static Sample withMean(double mean) {
        return new Sample(100_000, mean, 100_000);
    }
}
