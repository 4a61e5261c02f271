package dev.segue.simulation.days;

import dev.segue.random.KeyedRandom;
import dev.segue.simulation.Visit;
import dev.segue.simulation.Visitors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A world's listeners over several days: who comes when. A listener who has come once comes back as the {@link ReturnModel}
 * says; others come for the first time later. Nobody has two sessions at once: who is there is not due. Draws are keyed by
 * listener and session, so that it does not matter in which order sessions end. For any number of threads.
 */
public final class ReturningListeners implements Visitors {

    /** Set these draws apart from those of the sessions, whose first key is a user. */
    private static final long RETURNS = -4;

    private static final long DEBUTS = -5;

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final ReturnModel model;
    private final Arrivals debuts;
    private final Instant start;
    private final long seed;
    private final long[] sessions;
    private final PriorityQueue<Visit> due =
            new PriorityQueue<>(Comparator.comparingLong(Visit::millis).thenComparingInt(Visit::listener));
    private long dayEnd;

    /**
     * @param debuts who comes for the first time on which day
     * @param start when the first day begins
     * @param seed of all draws
     */
    public ReturningListeners(ReturnModel model, Arrivals debuts, Instant start, long seed) {
        this.model = model;
        this.debuts = debuts;
        this.start = start;
        this.seed = seed;
        sessions = new long[debuts.size()];
    }

    /**
     * Begins a day; the listeners who come for the first time on it do so at any time of it.
     *
     * @param day from 1, each day once and in order
     * @return how many come for the first time
     */
    public synchronized int beginDay(int day) {
        long dayStart = start(day).toEpochMilli();
        dayEnd = dayStart + DAY_MILLIS;
        int newcomers = 0;
        for (int listener = 0; listener < debuts.size(); listener++) {
            if (debuts.dayOf(listener) == day) {
                double time = new KeyedRandom(seed, DEBUTS, listener, 0).nextDouble();
                due.add(new Visit(listener, dayStart + Math.round(time * (DAY_MILLIS - 1))));
                newcomers++;
            }
        }
        return newcomers;
    }

    /** When a day begins. */
    public Instant start(int day) {
        return start.plusMillis((day - 1) * DAY_MILLIS);
    }

    /** All visits that are due before the day ends, in order of time; whoever ended a session may be due once more. */
    public List<Visit> dueToday() {
        List<Visit> visits = new ArrayList<>();
        for (Visit visit = next(); visit != null; visit = next()) {
            visits.add(visit);
        }
        return visits;
    }

    @Override
    public synchronized @Nullable Visit next() {
        Visit first = due.peek();
        return first == null || first.millis() >= dayEnd ? null : due.poll();
    }

    /** Draws the next visit, if there will be one. */
    @Override
    public synchronized void ended(int listener, long millis, double totalTime) {
        var random = new KeyedRandom(seed, RETURNS, listener, ++sessions[listener]);
        model.nextVisitAfter(totalTime, random).ifPresent(wait -> due.add(new Visit(listener, millis + wait)));
    }
}
