package dev.segue.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void sampleOfValuesHasTheirMeanAndUnbiasedVariance() {
        assertEquals(new Sample(4, 5, 20.0 / 3), Sample.of(2, 4, 6, 8));
    }

    @Test
    void sumsGiveTheSameSample() {
        assertEquals(new Sample(4, 5, 20.0 / 3), Sample.ofSums(4, 20, 120));
    }

    @Test
    void equalValuesHaveNoVariance() {
        assertEquals(new Sample(3, 0.1, 0), Sample.of(0.1, 0.1, 0.1));
        assertEquals(0, Sample.ofSums(3, 0.1 + 0.1 + 0.1, 3 * 0.1 * 0.1).variance());
    }

    @Test
    void varianceBesideALargeMeanIsExact() {
        assertEquals(1, Sample.of(1e9 - 1, 1e9, 1e9 + 1).variance());
    }

    @Test
    void armsOfOneListenerAreRefused() {
        String message = "an arm has 1 listeners with a value; comparing arms takes at least 2 in each";
        assertRefused(message, () -> Sample.of(3));
        assertRefused(message, () -> Sample.ofSums(1, 3, 9));
        assertRefused(message.replace('1', '0'), Sample::of);
    }

    @Test
    void listenersWithoutAValueAreNamed() {
        assertRefused(
                "listener number 2 has the value NaN, which is no finite number; leave out listeners without a value",
                () -> Sample.of(1, Double.NaN, 3));
        assertRefused(
                "listener number 1 has the value Infinity, which is no finite number; leave out listeners without a value",
                () -> Sample.of(Double.POSITIVE_INFINITY, 3));
    }

    @Test
    void invalidMomentsAreRefused() {
        assertRefused("mean NaN is no finite number", () -> new Sample(2, Double.NaN, 1));
        assertRefused("variance Infinity is no finite number", () -> new Sample(2, 0, Double.POSITIVE_INFINITY));
        assertRefused("variance -1.0 is negative", () -> new Sample(2, 0, -1));
        assertRefused("2 values with the sum 2.0 cannot have the sum of squares 1.0", () -> Sample.ofSums(2, 2, 1));
        assertRefused("no interval goes from 2.0 to 1.0", () -> new Interval(2, 1));
        assertRefused("no interval goes from NaN to 1.0", () -> new Interval(Double.NaN, 1));
        assertRefused("a metric's name is empty", () -> new Metric("", Direction.NEITHER, Metric.Kind.MEAN));
    }

    @Test
    void alphaIsAProbability() {
        for (double alpha : new double[] {0, 1, -0.05, 5, Double.NaN}) {
            assertRefused(
                    "alpha " + alpha + " is no number between 0 and 1",
                    () -> Difference.welch(Sample.of(1, 2), Sample.of(1, 2), alpha));
        }
    }

    static void assertRefused(String message, Runnable constructor) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, constructor::run).getMessage());
    }
}
