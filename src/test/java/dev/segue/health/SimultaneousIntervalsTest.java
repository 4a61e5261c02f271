package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Interval;
import dev.segue.random.KeyedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimultaneousIntervalsTest {

    private static final int DRAWS = 999;

    /** Draws from N(0, error²). */
    private static double[] normal(int key, double error) {
        var random = new KeyedRandom(1, key, 0, 0);
        return IntStream.range(0, DRAWS)
                .mapToDouble(i -> error * random.nextGaussian())
                .toArray();
    }

    @Test
    void singleEstimateHasTheNormalInterval() {
        Interval interval = SimultaneousIntervals.of(new double[] {0}, new double[][] {normal(1, 2)})
                .get(0);
        assertEquals(2 * 1.96, interval.upper(), 0.3);
        assertEquals(-interval.upper(), interval.lower(), 1e-9);
    }

    /** The critical value is 1.96 standard errors for one normal estimate, and 3.02 for the largest of 20. */
    @Test
    void severalEstimatesHaveWiderIntervals() {
        double[][] draws = new double[20][];
        Arrays.setAll(draws, i -> normal(i, 1 + i));
        List<Interval> intervals = SimultaneousIntervals.of(new double[20], draws);
        assertEquals(3.02, intervals.get(0).upper(), 0.3);
        assertEquals(20 * 3.02, intervals.get(19).upper(), 6);
    }

    @Test
    void equalEstimatesDoNotWidenTheInterval() {
        double[] draws = normal(1, 1);
        Interval one =
                SimultaneousIntervals.of(new double[1], new double[][] {draws}).get(0);
        Interval copy = SimultaneousIntervals.of(new double[2], new double[][] {draws, draws})
                .get(1);
        assertEquals(one, copy);
    }

    @Test
    void constantEstimateHasAnIntervalOfWidthZero() {
        List<Interval> intervals =
                SimultaneousIntervals.of(new double[] {3, 0}, new double[][] {new double[DRAWS], normal(1, 1)});
        assertEquals(new Interval(3, 3), intervals.get(0));
        assertTrue(intervals.get(1).upper() > 1.5);
    }

    @Test
    void percentilesAreOrderStatistics() {
        double[] draws = IntStream.range(0, DRAWS).mapToDouble(i -> DRAWS - i).toArray();
        assertEquals(new Interval(25, 975), SimultaneousIntervals.percentiles(draws));
    }
}
