package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.ConfidenceSequence.ClosedListener;
import dev.segue.id.ListenerId;
import dev.segue.random.KeyedRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SequentialTest {

    private static final double ALPHA = 0.05;
    private static final Metric TIME = new Metric("time", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);

    private final ConfidenceSequence sequence = new ConfidenceSequence(ALPHA, 100);

    @Test
    void boundaryIsTightestNearTheChosenSize() {
        NormalMixture mixture = NormalMixture.tightestAt(100, ALPHA);
        double chosen = mixture.bound(100);
        for (double other : new double[] {0.5, 0.9, 1.1, 2}) {
            assertTrue(new NormalMixture(other * mixture.rho(), ALPHA).bound(100) > chosen - 0.005);
        }
        assertEquals(-Math.log(ALPHA), mixture.logMartingale(chosen, 100), 1e-12);
    }

    @Test
    void alwaysValidIntervalIsWiderThanOneForASingleLook() {
        Sample control = new Sample(1000, 10, 100);
        Sample treatment = new Sample(1000, 11, 100);
        Difference once = Difference.welch(control, treatment, ALPHA);
        Difference always = Difference.alwaysValid(control, treatment, NormalMixture.tightestAt(2000, ALPHA));
        assertEquals(once.estimate(), always.estimate());
        assertEquals(3.0, always.criticalValue(), 0.1);
        assertTrue(always.interval().width() > once.interval().width());
        assertTrue(always.pValue() > once.pValue());
    }

    @Test
    void alwaysValidIntervalExcludesZeroIfAndOnlyIfItsPValueIsBelowAlpha() {
        NormalMixture mixture = NormalMixture.tightestAt(2000, ALPHA);
        Sample control = new Sample(1000, 10, 100);
        for (double mean = 10; mean < 13; mean += 0.01) {
            Difference difference = Difference.alwaysValid(control, new Sample(1000, mean, 100), mixture);
            assertEquals(difference.pValue() < ALPHA, !difference.interval().contains(0));
        }
        assertTrue(Difference.alwaysValid(control, new Sample(1000, 12, 100), mixture)
                        .pValue()
                < ALPHA);
    }

    @Test
    void repeatedLooksKeepTheFalsePositiveRate() {
        int runs = 400;
        int falsePositives = 0;
        int falsePositivesOfTheSimpleTest = 0;
        for (int run = 0; run < runs; run++) {
            var random = new KeyedRandom(1, run, 0, 0);
            Moments[] arms = {new Moments(1), new Moments(1)};
            NormalMixture mixture = NormalMixture.tightestAt(500, ALPHA);
            boolean significant = false;
            boolean simple = false;
            for (int listener = 0; listener < 1000; listener++) {
                arms[random.nextInt(2)].add(-Math.log(1 - random.nextDouble()));
                if (listener >= 60 && listener % 10 == 0) {
                    Difference difference = Difference.alwaysValid(arms[0].sample(0), arms[1].sample(0), mixture);
                    significant |= difference.pValue() < ALPHA;
                    simple |= Math.abs(difference.estimate()) > 1.96 * difference.standardError();
                }
            }
            falsePositives += significant ? 1 : 0;
            falsePositivesOfTheSimpleTest += simple ? 1 : 0;
        }
        assertTrue(falsePositives <= 0.06 * runs, falsePositives + " of " + runs);
        assertTrue(falsePositivesOfTheSimpleTest >= 0.2 * runs, falsePositivesOfTheSimpleTest + " of " + runs);
    }

    @Test
    void effectIsUnknownUntilBothArmsHaveTwoListeners() {
        assertNull(look(0));
        add(1, 10, false, 1);
        add(2, 10, true, 3);
        add(3, 20, true, 4);
        assertNull(look(20));
        add(4, 30, false, 2);
        Effect effect = look(30);
        assertNotNull(effect);
        assertEquals(2, effect.absolute().estimate());
        assertEquals(2 / 1.5, effect.relative(), 1e-12);
        assertEquals(4, sequence.size());
        assertEquals(Verdict.UNCLEAR, effect.verdict());
        assertFalse(effect.significant());
    }

    @Test
    void listenersOutOfOrderAreRefused() {
        add(1, 20, false, 1);
        assertRefused(
                "listener 2 arrived at 10, before listener 1 at 20; give the listeners in the order of arrival",
                () -> add(2, 10, false, 1));
    }

    @Test
    void repeatedListenersAreRefused() {
        add(1, 20, false, 1);
        assertRefused("listener 1 is given twice; a listener counts once", () -> add(1, 30, true, 1));
    }

    @Test
    void openListenersAreRefused() {
        sequence.add(new ClosedListener(ListenerId.of(7), 10, 50, true, 1));
        assertRefused(
                "listener 7 is open until 50, after the look at 40; leave out listeners until their values are final",
                () -> look(40));
        assertNull(look(50));
    }

    @Test
    void invalidListenersAreRefused() {
        assertRefused(
                "listener 7 is closed at 9, before it arrived at 10",
                () -> new ClosedListener(ListenerId.of(7), 10, 9, true, 1));
        assertRefused("listener 7: value NaN is no finite number", () -> add(7, 1, true, Double.NaN));
        assertRefused(
                "listeners to be tightest at 0.0 is no finite number above 0", () -> new ConfidenceSequence(ALPHA, 0));
    }

    private @Nullable Effect look(long now) {
        return sequence.effectAt(now, TIME, "T1", IntervalMethod.FIELLER);
    }

    private void add(long listener, long time, boolean treated, double value) {
        sequence.add(new ClosedListener(ListenerId.of(listener), time, time, treated, value));
    }
}
