package dev.segue.report.reading;

import dev.segue.listener.ListenerId;
import java.util.List;
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
    private final SessionTotals totals = new SessionTotals();
    private final SessionTotals window = new SessionTotals();
    private long arrivedAt;
    private long lastWindowEnd;
    private long openSince = Long.MAX_VALUE;

    /**
     * A listener without sessions yet.
     *
     * @param number tells it from the experiment's other listeners
     * @param before what it did before the experiment; null if it was not there
     */
    ExposedListener(ListenerId listener, String arm, int number, long arrivedAt, @Nullable SessionTotals before) {
        this.listener = listener;
        this.arm = arm;
        this.number = number;
        this.arrivedAt = arrivedAt;
        this.before = before;
        lastWindowEnd = arrivedAt;
    }

    /** A session of the listener's has begun. */
    void begin(SessionTally session) {
        arrivedAt = Math.min(arrivedAt, session.begun()); // a clock was set back
        openSince = session.begun();
    }

    /** The session has ended. */
    void end(SessionTally session, long windowMillis) {
        openSince = Long.MAX_VALUE;
        totals.addAll(session.totals());
        if (session.begun() < arrivedAt + windowMillis) {
            window.addAll(session.totals());
            lastWindowEnd = Math.max(lastWindowEnd, session.lastTimestamp());
        }
    }

    /** The listener's id. */
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

    /** All sessions in the experiment that ended. */
    public SessionTotals totals() {
        return totals;
    }

    /** The numbers of listeners, in their order. */
    public static int[] numbers(List<ExposedListener> listeners) {
        return listeners.stream().mapToInt(ExposedListener::number).toArray();
    }

    /** Whether a session has ended. */
    public boolean hasFinished() {
        return totals.sessions() > 0;
    }

    /** The sessions that began in the listener's window. */
    public SessionTotals window() {
        return window;
    }

    /** The sessions before the experiment; null if there were none. */
    @Nullable
    public SessionTotals before() {
        return before;
    }

    /** When the listener was first seen in the experiment, in ms since 1970. */
    public long arrivedAt() {
        return arrivedAt;
    }

    /** When the window's figures are final, in ms since 1970; never if a session that began in it is open when the log ends. */
    public long closedAt(long windowMillis) {
        return openSince < arrivedAt + windowMillis
                ? Long.MAX_VALUE
                : Math.max(arrivedAt + windowMillis, lastWindowEnd);
    }
}
