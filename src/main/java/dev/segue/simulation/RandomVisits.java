package dev.segue.simulation;

import dev.segue.random.KeyedRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Visits of listeners drawn uniformly with replacement, as the reference simulator draws them, spread evenly over a time
 * span.
 *
 * @param seed seed of the draws
 * @param listeners number of listeners, ≥ 1
 * @param sessions number of visits, ≥ 1
 * @param start time of the first visit
 * @param span time span of all visits
 */
public record RandomVisits(long seed, int listeners, long sessions, Instant start, Duration span) {

    /** First key of the draws of listeners; the first key of a session's draws is a user, so it is not negative. */
    private static final long VISITOR_DRAWS = -1;

    public RandomVisits {
        if (listeners < 1 || sessions < 1) {
            throw new IllegalArgumentException("a simulation needs listeners and at least one session");
        }
    }

    /**
     * Visits over one day, or more if a listener would otherwise have more than one visit an hour on average: with less time
     * between them, sessions and their log events would queue.
     */
    public static RandomVisits hourlyAtMost(long seed, int listeners, long sessions, Instant start) {
        Duration hourly = Duration.ofHours(sessions / listeners);
        Duration day = Duration.ofDays(1);
        return new RandomVisits(seed, listeners, sessions, start, hourly.compareTo(day) > 0 ? hourly : day);
    }

    /** The visits numbered {@code from} (inclusive, from 0) to {@code to} (exclusive), in time order. */
    public List<Visit> range(long from, long to) {
        List<Visit> visits = new ArrayList<>(Math.toIntExact(to - from));
        for (long number = from; number < to; number++) {
            visits.add(new Visit(visitorDraws(seed, number).nextInt(listeners), millis(number)));
        }
        return visits;
    }

    /** The time of a visit, in ms since 1970. */
    public long millis(long number) {
        return start.toEpochMilli() + Math.round((double) number / sessions * span.toMillis());
    }

    /** The generator that draws the listener of a visit. */
    static KeyedRandom visitorDraws(long seed, long number) {
        return new KeyedRandom(seed, VISITOR_DRAWS, number, 0);
    }
}
