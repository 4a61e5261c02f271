package dev.segue.simulation.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PoissonProcessTest {

    private static final int EVENTS = 100_000;
    private static final double MEAN_NANOS = 1e9 / 5_000;

    /** A share e⁻¹ of exponential gaps is longer than the mean, and e⁻² longer than twice the mean; successive gaps are uncorrelated. */
    @Test
    void gapsAreExponentialAndIndependent() {
        var process = new PoissonProcess(5_000, 1);
        process.startAt(1_000);
        double[] gaps = new double[EVENTS];
        long previous = 1_000;
        for (int i = 0; i < EVENTS; i++) {
            long next = process.next();
            gaps[i] = (next - previous) / MEAN_NANOS;
            previous = next;
        }
        double sum = 0;
        double products = 0;
        int aboveMean = 0;
        int aboveTwice = 0;
        for (int i = 0; i < EVENTS; i++) {
            sum += gaps[i];
            products += i == 0 ? 0 : (gaps[i] - 1) * (gaps[i - 1] - 1);
            aboveMean += gaps[i] > 1 ? 1 : 0;
            aboveTwice += gaps[i] > 2 ? 1 : 0;
        }
        double standardError = 1 / Math.sqrt(EVENTS);
        assertEquals(1, sum / EVENTS, 4 * standardError);
        assertEquals(Math.exp(-1), (double) aboveMean / EVENTS, 4 * standardError);
        assertEquals(Math.exp(-2), (double) aboveTwice / EVENTS, 4 * standardError);
        assertEquals(0, products / EVENTS, 4 * standardError);
    }

    @Test
    void missedEventsAreSkipped() {
        var process = new PoissonProcess(1e6, 3);
        long late = process.nextAfter(5_000_000_000L);
        assertTrue(late > 5_000_000_000L && late < 5_001_000_000L, "" + late);
        long next = process.nextAfter(7);
        assertTrue(next > late && next < late + 1_000_000, "the process does not go back");
    }

    @Test
    void theSameSeedDrawsTheSameGapsFromAnyTimeOn() {
        var one = new PoissonProcess(10, 7);
        var other = new PoissonProcess(10, 7);
        other.startAt(5);
        assertEquals(one.next() + 5, other.next());
        assertTrue(new PoissonProcess(10, 8).next() != new PoissonProcess(10, 7).next());
    }
}
