package dev.segue.simulation;

import dev.segue.random.KeyedRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions of listeners drawn uniformly, with replacement, as the reference simulator draws them, spread evenly over a span
 * of time.
 *
 * @param seed of the draws
 * @param listeners how many there are to draw from
 * @param sessions how many sessions there are
 * @param start when the first one begins
 * @param span how long it is until the last one begins
 */
public record RandomVisits(long seed, int listeners, long sessions, Instant start, Duration span) {

    /** Sets these draws apart from those of the sessions, whose first key is a user. */
    private static final long VISITORS = -1;

    public RandomVisits {
        if (listeners < 1 || sessions < 1) {
            throw new IllegalArgumentException("a simulation needs listeners and at least one session");
        }
    }

    /**
     * Visits over a day, or over as many hours as there are sessions for a listener: with less time between them sessions
     * would queue up behind each other, and with them the events that wait for their turn in the log.
     */
    public static RandomVisits hourlyAtMost(long seed, int listeners, long sessions, Instant start) {
        Duration hourly = Duration.ofHours(sessions / listeners);
        Duration day = Duration.ofDays(1);
        return new RandomVisits(seed, listeners, sessions, start, hourly.compareTo(day) > 0 ? hourly : day);
    }

    /** The visits with these numbers, from 0, in order of time. */
    public List<Visit> range(long from, long to) {
        List<Visit> visits = new ArrayList<>(Math.toIntExact(to - from));
        for (long number = from; number < to; number++) {
            visits.add(new Visit(visitor(seed, number).nextInt(listeners), millis(number)));
        }
        return visits;
    }

    /** When the visit with a number is due, in ms since 1970. */
    public long millis(long number) {
        return start.toEpochMilli() + Math.round((double) number / sessions * span.toMillis());
    }

    /** The random numbers that draw the listener of a session, numbered among all listeners' sessions. */
    static KeyedRandom visitor(long seed, long number) {
        return new KeyedRandom(seed, VISITORS, number, 0);
    }
}
