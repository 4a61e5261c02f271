package dev.segue.report;

import dev.segue.event.Session;
import dev.segue.listener.ListenerId;
import org.jspecify.annotations.Nullable;

/**
 * A listener in one arm of an experiment.
 *
 * <p>Three spans of time are summed up: all that was heard in the experiment; its first part, the window, which is as long
 * for every listener, so that it is closed some time; and what the listener did before the experiment.
 */
public final class ExposedListener {

    private final ListenerId listener;
    private final String arm;
    private final int number;
    private final @Nullable SessionTotals before;
    private final SessionTotals totals;
    private final SessionTotals window;
    private long arrivedAt;
    private long lastWindowEnd;

    /**
     * A listener without sessions yet.
     *
     * @param number tells it from the experiment's other listeners: 0, 1, 2, …
     * @param before what it did before the experiment; null if it was not there
     */
    ExposedListener(ListenerId listener, String arm, int number, long arrivedAt, @Nullable SessionTotals before) {
        this(listener, arm, number, arrivedAt, before, new SessionTotals(), new SessionTotals(), arrivedAt);
    }

    /** @param lastWindowEnd when the last session that began in the window ended, in ms since 1970 */
    ExposedListener(
            ListenerId listener,
            String arm,
            int number,
            long arrivedAt,
            @Nullable SessionTotals before,
            SessionTotals totals,
            SessionTotals window,
            long lastWindowEnd) {
        this.listener = listener;
        this.arm = arm;
        this.number = number;
        this.arrivedAt = arrivedAt;
        this.before = before;
        this.totals = totals;
        this.window = window;
        this.lastWindowEnd = lastWindowEnd;
    }

    void add(Session session, TrackFacts facts, long windowMillis) {
        long begun = session.first().timestamp();
        arrivedAt = Math.min(arrivedAt, begun); // a clock was set back
        totals.add(session, facts);
        if (begun < arrivedAt + windowMillis) {
            window.add(session, facts);
            lastWindowEnd = session.last().timestamp();
        }
    }

    /** Who listened. */
    public ListenerId listener() {
        return listener;
    }

    /** The listener's arm. */
    public String arm() {
        return arm;
    }

    /** Tells it from the experiment's other listeners. */
    int number() {
        return number;
    }

    /** All sessions in the experiment. */
    public SessionTotals totals() {
        return totals;
    }

    /** The sessions that began in the listener's window. */
    SessionTotals window() {
        return window;
    }

    /** The sessions before the experiment; null if there were none. */
    @Nullable
    SessionTotals before() {
        return before;
    }

    /** When the listener was first seen in the experiment, in ms since 1970. */
    long arrivedAt() {
        return arrivedAt;
    }

    /** When the window's figures are final, in ms since 1970. */
    long closedAt(long windowMillis) {
        return Math.max(arrivedAt + windowMillis, lastWindowEnd);
    }
}
