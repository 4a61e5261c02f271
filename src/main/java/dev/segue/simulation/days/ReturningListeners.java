package dev.segue.simulation.days;

import dev.segue.random.KeyedRandom;
import dev.segue.simulation.Visit;
import dev.segue.simulation.VisitSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The visits of a world's listeners over several days. {@link Arrivals} gives the day of a listener's first visit, and {@link
 * ReturnModel} the times of the later ones. A listener has at most one session at a time. Draws are keyed by listener and
 * session, so the order in which sessions end does not matter. For any number of threads.
 */
public final class ReturningListeners implements VisitSource {

    /** First keys of these draws; the first key of a session's draws is a user, so it is not negative. */
    private static final long RETURNS = -4;

    private static final long DEBUTS = -5;

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final ReturnModel model;
    private final Arrivals debuts;
    private final Instant start;
    private final long seed;
    private final long[] sessions;
    private final PriorityQueue<Visit> dueVisits =
            new PriorityQueue<>(Comparator.comparingLong(Visit::millis).thenComparingInt(Visit::listener));
    private long dayEnd;

    /**
     * @param debuts the day of each listener's first visit
     * @param start start of the first day
     * @param seed seed of all draws
     */
    public ReturningListeners(ReturnModel model, Arrivals debuts, Instant start, long seed) {
        this.model = model;
        this.debuts = debuts;
        this.start = start;
        this.seed = seed;
        sessions = new long[debuts.size()];
    }

    /**
     * Begins a day. First visits are spread uniformly over it.
     *
     * @param day from 1; each day once, in order
     * @return number of first visits on this day
     */
    public synchronized int beginDay(int day) {
        long dayStart = start(day).toEpochMilli();
        dayEnd = dayStart + DAY_MILLIS;
        int newcomers = 0;
        for (int listener = 0; listener < debuts.size(); listener++) {
            if (debuts.dayOf(listener) == day) {
                double time = new KeyedRandom(seed, DEBUTS, listener, 0).nextDouble();
                dueVisits.add(new Visit(listener, dayStart + Math.round(time * (DAY_MILLIS - 1))));
                newcomers++;
            }
        }
        return newcomers;
    }

    /** The start of a day. */
    public Instant start(int day) {
        return start.plusMillis((day - 1) * DAY_MILLIS);
    }

    /** Takes all visits that are due before the day ends, in time order. More may become due when sessions end. */
    public List<Visit> dueToday() {
        List<Visit> visits = new ArrayList<>();
        for (Visit visit = next(); visit != null; visit = next()) {
            visits.add(visit);
        }
        return visits;
    }

    @Override
    public synchronized @Nullable Visit next() {
        Visit first = dueVisits.peek();
        return first == null || first.millis() >= dayEnd ? null : dueVisits.poll();
    }

    /** Draws whether and when the listener returns. */
    @Override
    public synchronized void ended(int listener, long millis, double totalTime) {
        var random = new KeyedRandom(seed, RETURNS, listener, ++sessions[listener]);
        model.nextVisitAfter(totalTime, random).ifPresent(wait -> dueVisits.add(new Visit(listener, millis + wait)));
    }
}
