package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** Bursts may wait, and a standing queue is kept short. Times are in ms. */
class WaitLimitTest {

    private static final int LONGEST = 500;
    private static final int STANDING = 20;
    private static final int INTERVAL = 100;
    private static final long BEGIN = Long.MAX_VALUE / 1_000_000 - 50; // the clock overflows during the tests

    private final WaitLimit limit = new WaitLimit(
            Duration.ofMillis(LONGEST), Duration.ofMillis(STANDING), Duration.ofMillis(INTERVAL), nanos(0));

    private static long nanos(long millis) {
        return (BEGIN + millis) * 1_000_000;
    }

    private boolean admits(long waited, long now) {
        return limit.admits(waited * 1_000_000, false, nanos(now));
    }

    private boolean admitsLast(long waited, long now) {
        return limit.admits(waited * 1_000_000, true, nanos(now));
    }

    /** Takes work every millisecond from a queue that is never empty. */
    private void overload(long from, long to) {
        for (long now = from; now < to; now++) {
            admits(1, now);
        }
    }

    @Test
    void nothingWaitsLongerThanTheLongestWait() {
        assertTrue(admits(LONGEST, 1));
        assertFalse(admits(LONGEST + 1, 1));
        assertFalse(admitsLast(LONGEST + 1, 1));
    }

    @Test
    void aBurstWaitsUntilItIsServed() {
        for (int waited = 0; waited < INTERVAL; waited++) {
            assertTrue(admits(waited, waited), "waited " + waited);
        }
        assertTrue(admitsLast(INTERVAL, INTERVAL));
    }

    @Test
    void aStandingQueueIsKeptShort() {
        overload(0, INTERVAL);
        assertFalse(admits(STANDING + 1, INTERVAL));
        assertTrue(admits(STANDING, INTERVAL));
    }

    @Test
    void aQueueOfAPauseIsNotStanding() {
        for (int i = 0; i < WaitLimit.FEW - 1; i++) {
            assertTrue(admits(LONGEST, LONGEST), "after a pause, " + i + " were taken");
        }
    }

    @Test
    void aGapInAnOverloadDoesNotEndIt() {
        overload(0, 200);
        admitsLast(1, 200);
        overload(201, 250);
        assertFalse(admits(STANDING + 1, 250), "soon after the gap");
        overload(251, 305);
        assertFalse(admits(STANDING + 1, 305), "an interval after the gap");
    }

    @Test
    void anOverloadEndsAnIntervalAfterTheQueueWasEmpty() {
        overload(0, 200);
        admitsLast(1, 200);
        assertFalse(admits(STANDING + 1, 298));
        assertTrue(admits(STANDING + 1, 300));
    }

    /** Simulates two servers of 1 ms each that get five times the requests that they can serve, for 10 s. */
    @Test
    void underFiveTimesTheCapacityAllWorkIsInTime() {
        var arrivals = new ArrayDeque<Long>();
        int served = 0;
        int late = 0;
        for (long now = 0; now < 10_000; now++) {
            for (int i = 0; i < 10; i++) {
                arrivals.add(now);
            }
            for (int server = 0; server < 2; server++) {
                boolean isServed = false;
                while (!isServed && !arrivals.isEmpty()) {
                    long waited = now - arrivals.remove();
                    isServed = limit.admits(waited * 1_000_000, arrivals.isEmpty(), nanos(now));
                    served += isServed ? 1 : 0;
                    late += isServed && waited > STANDING ? 1 : 0;
                }
            }
        }
        assertEquals(20_000, served, "the servers are never idle");
        assertTrue(late <= 200, "only what came before the overload was noticed may be late: " + late);
    }
}
