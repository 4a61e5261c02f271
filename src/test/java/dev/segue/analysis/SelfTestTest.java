package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.random.KeyedRandom;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelfTestTest {

    private static final double ALPHA = 0.05;
    private static final List<ListenerId> LISTENERS =
            LongStream.range(0, 300).mapToObj(ListenerId::of).toList();
    private static final double[] VALUES = LISTENERS.stream()
            .mapToDouble(listener -> -Math.log(1 - new KeyedRandom(8, listener.key(), 0, 0).nextDouble()))
            .toArray();

    @Test
    void fairSplitsPass() {
        SelfTest test = SelfTest.run(LISTENERS, VALUES, SelfTestTest::fair, 1000, ALPHA);
        assertTrue(test.isPassed(), test.uniformity() + " " + test.falsePositiveRate());
        assertEquals(1000, test.pValues().size());
        assertEquals(0.05, test.falsePositiveRate(), 0.02);
        assertTrue(test.falsePositiveInterval().contains(test.falsePositiveRate()));
        assertEquals(0.028, test.falsePositiveInterval().width(), 0.005);
    }

    @Test
    void sameSaltsGiveTheSameResult() {
        assertEquals(
                SelfTest.run(LISTENERS, VALUES, SelfTestTest::fair, 20, ALPHA),
                SelfTest.run(LISTENERS, VALUES, SelfTestTest::fair, 20, ALPHA));
    }

    @Test
    void splitsByValuesFail() {
        SelfTest.Assignment byValues = (salt, listener) ->
                VALUES[(int) listener.key()] > 2 && fair(salt + "!", listener) == 0 ? 1 : fair(salt, listener);
        SelfTest test = SelfTest.run(LISTENERS, VALUES, byValues, 200, ALPHA);
        assertFalse(test.isPassed());
        assertTrue(test.falsePositiveRate() > 0.2);
        assertTrue(test.uniformity() < 1e-6);
    }

    @Test
    void splitsWithoutTheSaltFail() {
        assertFalse(SelfTest.run(LISTENERS, VALUES, (salt, listener) -> fair("", listener), 200, ALPHA)
                .isPassed());
    }

    @Test
    void listenersOfOtherArmsAreLeftOut() {
        SelfTest.Assignment three = (salt, listener) -> Math.floorMod((salt + listener).hashCode() * 0x9E3779B9, 3);
        SelfTest test = SelfTest.run(LISTENERS, VALUES, three, 5, ALPHA);
        assertEquals(5, test.pValues().size());
    }

    @Test
    void rateHasTheExactBinomialInterval() {
        double[] none = IntStream.rangeClosed(1, 20).mapToDouble(i -> i / 20.0).toArray();
        SelfTest test = SelfTest.of(none, ALPHA);
        assertEquals(0, test.falsePositiveRate());
        assertEquals(0, test.falsePositiveInterval().lower());
        assertEquals(1 - Math.pow(0.025, 1 / 20.0), test.falsePositiveInterval().upper(), 1e-9);
        SelfTest all = SelfTest.of(new double[] {0.001, 0.002}, ALPHA);
        assertEquals(1, all.falsePositiveInterval().upper());
        assertEquals(Math.sqrt(0.025), all.falsePositiveInterval().lower(), 1e-9);
    }

    @Test
    void invalidSelfTestsAreRefused() {
        assertRefused(
                "300 listeners with 1 values",
                () -> SelfTest.run(LISTENERS, new double[1], SelfTestTest::fair, 1, ALPHA));
        assertRefused(
                "the listeners' values do not vary; a self-test takes a metric that does",
                () -> SelfTest.run(LISTENERS, new double[300], SelfTestTest::fair, 1, ALPHA));
        assertRefused(
                "an arm has 0 listeners with a value; comparing arms takes at least 2 in each",
                () -> SelfTest.run(LISTENERS, VALUES, (salt, listener) -> 0, 1, ALPHA));
        assertRefused(
                "a self-test takes at least one run",
                () -> SelfTest.run(LISTENERS, VALUES, SelfTestTest::fair, 0, ALPHA));
    }

    private static int fair(String salt, ListenerId listener) {
        return new KeyedRandom(salt.hashCode(), listener.key(), 0, 0).nextInt(2);
    }
}
