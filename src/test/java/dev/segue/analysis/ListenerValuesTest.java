package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.segue.random.KeyedRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenerValuesTest {

    private static final double ALPHA = 0.05;

    @Test
    void quantilesAreObservations() {
        double[] values = {5, 1, 4, 2, 3};
        var observations = new ListenerValues(values, new int[] {0, 0, 1, 1, 1}, 2);
        assertEquals(3, observations.quantile(0.5, ALPHA).value());
        assertEquals(1, observations.quantile(0.2, ALPHA).value());
        assertEquals(2, observations.quantile(0.21, ALPHA).value());
        assertEquals(5, observations.quantile(0.99, ALPHA).value());
        assertEquals(5, observations.quantile(0.5, ALPHA).observations());
        assertEquals(2, observations.quantile(0.5, ALPHA).listeners());
    }

    @Test
    void independentObservationsGetTheBinomialInterval() {
        int size = 10_000;
        double[] values = IntStream.rangeClosed(1, size).mapToDouble(i -> i).toArray();
        Quantile median = new ListenerValues(values, IntStream.range(0, size).toArray(), size).quantile(0.5, ALPHA);
        assertEquals(5000 - 98, median.interval().lower(), 1); // 1.96·√(0.25·10,000) = 98
        assertEquals(5000 + 98, median.interval().upper(), 1);
        Sample sample = median.sample();
        assertNotNull(sample);
        assertEquals(50, Math.sqrt(sample.squaredError()), 1);
        assertEquals(5000, sample.mean());
        assertEquals(size, sample.size());
    }

    @Test
    void equalObservationsOfAListenerCountOnce() {
        int size = 400;
        var random = new KeyedRandom(4, 0, 0, 0);
        double[] each = random.doubles(size).toArray();
        double[] all =
                IntStream.range(0, 25 * size).mapToDouble(i -> each[i % size]).toArray();
        int[] listeners = IntStream.range(0, 25 * size).map(i -> i % size).toArray();
        Quantile once = new ListenerValues(each, IntStream.range(0, size).toArray(), size).quantile(0.9, ALPHA);
        Quantile often = new ListenerValues(all, listeners, size).quantile(0.9, ALPHA);
        assertEquals(once.value(), often.value());
        assertEquals(
                once.interval().width(),
                often.interval().width(),
                0.015); // not a fifth, as for independent observations
    }

    @Test
    void intervalsOfClusteredObservationsHaveTheNominalCoverage() {
        int runs = 400;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            var random = new KeyedRandom(5, run, 0, 0);
            int size = 100;
            double[] values = new double[size * 10];
            int[] listeners = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                listeners[i] = i / 10;
                // a listener's own level and as much noise: standard normal with a correlation of one half
                values[i] =
                        Math.sqrt(0.5) * (new KeyedRandom(6, run, i / 10, 0).nextGaussian() + random.nextGaussian());
            }
            Quantile quantile = new ListenerValues(values, listeners, size).quantile(0.75, ALPHA);
            covered += quantile.interval().contains(0.6744898) ? 1 : 0;
        }
        assertEquals(0.95, (double) covered / runs, 0.03);
    }

    @Test
    void boundsBeyondTheObservationsAreInfinite() {
        double[] values = {1, 2, 3, 4, 5, 6};
        var observations = new ListenerValues(values, new int[] {0, 1, 2, 0, 1, 2}, 3);
        Quantile high = observations.quantile(0.9, ALPHA);
        assertEquals(6, high.value());
        Quantile low = observations.quantile(0.1, ALPHA);
        assertEquals(Double.NEGATIVE_INFINITY, low.interval().lower());
        assertNull(low.sample());
    }

    @Test
    void equalObservationsHaveAnUntestableQuantile() {
        var observations = new ListenerValues(new double[] {7, 7, 7, 7}, new int[] {0, 1, 0, 1}, 2);
        Quantile median = observations.quantile(0.5, ALPHA);
        assertEquals(new Interval(7, 7), median.interval());
        assertEquals(new Sample(2, 7, 0), median.sample());
    }

    @Test
    void invalidObservationsAreRefused() {
        assertRefused(
                "there are no values to take quantiles of", () -> new ListenerValues(new double[0], new int[0], 2));
        assertRefused("1 values of 2 listeners", () -> new ListenerValues(new double[1], new int[2], 2));
        assertRefused(
                "value NaN is no finite number", () -> new ListenerValues(new double[] {Double.NaN}, new int[1], 2));
        assertRefused("listener 2 is none of 0 to 1", () -> new ListenerValues(new double[1], new int[] {2}, 2));
        var oneListener = new ListenerValues(new double[] {1, 2}, new int[2], 1);
        assertRefused(
                "an arm has 1 listeners with a value; comparing arms takes at least 2 in each",
                () -> oneListener.quantile(0.5, ALPHA));
        assertRefused("probability 1.0 is no number between 0 and 1", () -> oneListener.quantile(1, ALPHA));
    }
}
