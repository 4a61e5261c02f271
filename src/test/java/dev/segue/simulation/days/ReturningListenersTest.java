package dev.segue.simulation.days;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import dev.segue.simulation.Visit;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturningListenersTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HOUR = 3_600_000;

    /** Hand-computed: √(5/T) is 1 at 5, ½ at 20 and √5 at 1. */
    @ParameterizedTest
    @CsvSource({"5, 24, 0.1", "20, 12, 0.05", "1, 53.67, 0.2236"})
    void listenersReturnSoonerAndMoreOftenAfterLongerSessions(double totalTime, double hours, double leave) {
        var model = new ReturnModel(24, 0.1);
        int left = 0;
        double sum = 0;
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            OptionalLong wait = model.nextVisitAfter(totalTime, new KeyedRandom(1, i, 0, 0));
            left += wait.isEmpty() ? 1 : 0;
            sum += wait.orElse(0);
        }
        assertEquals(leave, (double) left / draws, 0.01);
        assertEquals(hours, sum / (draws - left) / HOUR, 0.03 * hours);
    }

    @Test
    void listenersWithASessionAreNotDue() {
        ReturningListeners returning = returning(1, 0);
        assertEquals(10, returning.beginDay(1));
        List<Visit> visits = returning.dueToday();
        assertEquals(10, visits.size());
        assertEquals(List.of(), returning.dueToday(), "all have a session");
        returning.ended(3, visits.get(0).millis(), 5);
        List<Visit> again = returning.dueToday();
        assertTrue(again.size() <= 1 && again.stream().allMatch(visit -> visit.listener() == 3));
    }

    @Test
    void listenersWhoAreNotDueTodayReturnOnALaterDay() {
        ReturningListeners returning = returning(9, 0);
        returning.beginDay(1);
        Set<Integer> returned = new HashSet<>();
        returning.dueToday().forEach(visit -> returning.ended(visit.listener(), START.toEpochMilli() + 23 * HOUR, 5));
        for (int day = 2; day <= 9; day++) {
            returning.beginDay(day);
            long from = START.toEpochMilli() + (day - 1L) * 24 * HOUR;
            for (Visit visit : returning.dueToday()) {
                assertTrue(visit.millis() >= from - HOUR && visit.millis() < from + 24 * HOUR);
                returned.add(visit.listener());
            }
        }
        assertEquals(10, returned.size(), "all listeners return if none leaves");
    }

    @Test
    void visitsDoNotDependOnTheOrderInWhichSessionsEnd() {
        ReturningListeners forwards = returning(2, 0.5);
        ReturningListeners backwards = returning(2, 0.5);
        forwards.beginDay(1);
        backwards.beginDay(1);
        List<Visit> visits = forwards.dueToday();
        assertEquals(visits, backwards.dueToday());
        for (int i = 0; i < 10; i++) {
            forwards.ended(i, 1, 5);
            backwards.ended(9 - i, 1, 5);
        }
        assertEquals(forwards.dueToday(), backwards.dueToday());
    }

    @Test
    void arrivalsHaveEqualShares() {
        Arrivals arrivals = Arrivals.of("tracks", 1000, 6, 0.05, 1);
        assertEquals(750, arrivals.arrivedBy(1));
        assertEquals(800, arrivals.arrivedBy(2));
        assertEquals(1000, arrivals.arrivedBy(6));
        int fifthDay = 0;
        for (int track = 0; track < arrivals.size(); track++) {
            fifthDay += arrivals.dayOf(track) == 5 ? 1 : 0;
            assertEquals(arrivals.dayOf(track) <= 3, arrivals.hasArrived(track, 3));
        }
        assertEquals(50, fifthDay);
        assertTrue(Arrivals.of("tracks", 1000, 6, 0.05, 2).dayOf(0) != arrivals.dayOf(0)
                || Arrivals.of("tracks", 1000, 6, 0.05, 2).dayOf(1) != arrivals.dayOf(1)
                || Arrivals.of("tracks", 1000, 6, 0.05, 2).dayOf(2) != arrivals.dayOf(2)
                || arrivals.dayOf(0) == 1);
        assertThrows(IllegalArgumentException.class, () -> Arrivals.of("tracks", 1000, 6, 0.11, 1));
    }

    /** Half a listener per day is one listener every other day. */
    @Test
    void fractionsOfArrivalsAddUpOverTheDays() {
        Arrivals arrivals = Arrivals.of("listeners", 50, 51, 0.01, 1);
        assertEquals(25, arrivals.arrivedBy(1));
        for (int day = 2; day <= 51; day++) {
            assertEquals(25 + 0.5 * (day - 1), arrivals.arrivedBy(day), 0.5, "day " + day);
        }
        assertEquals(1, Arrivals.of("listeners", 1, 2, 0.5, 1).arrivedBy(1), "the first day is not empty");
    }

    @Test
    void withoutLaterArrivalsAllArriveOnTheFirstDay() {
        assertEquals(7, Arrivals.of("listeners", 7, 3, 0, 1).arrivedBy(1));
        assertEquals(7, Arrivals.of("listeners", 7, 1, 0.4, 1).arrivedBy(1));
    }

    private static ReturningListeners returning(int days, double leave) {
        Arrivals debuts = Arrivals.of("listeners", 10, days, 0, 1);
        return new ReturningListeners(new ReturnModel(6, leave), debuts, START, 1);
    }
}
