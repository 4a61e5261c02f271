package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomVisitsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HOUR = 3_600_000;

    @Test
    void visitsAreSpreadEvenlyOverADay() {
        RandomVisits visits = RandomVisits.hourlyAtMost(1, 10, 48, START);
        List<Visit> all = visits.range(0, 48);
        for (int number = 0; number < 48; number++) {
            assertEquals(
                    START.toEpochMilli() + number * HOUR / 2, all.get(number).millis());
        }
        assertEquals(START.toEpochMilli() + 24 * HOUR, visits.millis(48));
    }

    @Test
    void manySessionsTakeMoreThanADay() {
        assertEquals(
                START.toEpochMilli() + 1000 * HOUR,
                RandomVisits.hourlyAtMost(1, 10, 10_000, START).millis(10_000));
    }

    @Test
    void allListenersHaveAboutTheSameNumberOfVisits() {
        int[] counts = new int[10];
        RandomVisits.hourlyAtMost(1, 10, 10_000, START).range(0, 10_000).forEach(visit -> counts[visit.listener()]++);
        for (int count : counts) {
            assertTrue(count > 880 && count < 1120, "within 4 standard deviations of 1,000: " + count);
        }
    }
}
