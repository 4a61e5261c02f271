package dev.segue.report.reading;

import dev.segue.id.ListenerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener in one arm of an experiment.
 *
 * <p>There are totals of three periods: the whole experiment; the window, the first part of the experiment, which is equally
 * long for all listeners; and the time before the experiment.
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
     * Creates a listener without sessions.
     *
     * @param number the number of the listener
     * @param before the totals before the experiment; null if the listener was not there
     */
    ExposedListener(ListenerId listener, String arm, int number, long arrivedAt, @Nullable SessionTotals before) {
        this.listener = listener;
        this.arm = arm;
        this.number = number;
        this.arrivedAt = arrivedAt;
        this.before = before;
        lastWindowEnd = arrivedAt;
    }

    /** Notes the start of a session. */
    void begin(SessionTally session) {
        arrivedAt = Math.min(arrivedAt, session.begun()); // a clock was set back
        openSince = session.begun();
    }

    /** Adds an ended session. */
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

    /** The number of the listener in the log. */
    int number() {
        return number;
    }

    /** The totals of all ended sessions in the experiment. */
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

    /** The totals of the sessions that started in the window. */
    public SessionTotals window() {
        return window;
    }

    /** The totals before the experiment; null if there are none. */
    @Nullable
    public SessionTotals before() {
        return before;
    }

    /** The time of the listener's first event in the experiment, in ms since 1970. */
    public long arrivedAt() {
        return arrivedAt;
    }

    /**
     * The time at which the totals of the window are final, in ms since 1970; {@code Long.MAX_VALUE} if a session that started in the window
     * is still open.
     */
    public long closedAt(long windowMillis) {
        return openSince < arrivedAt + windowMillis
                ? Long.MAX_VALUE
                : Math.max(arrivedAt + windowMillis, lastWindowEnd);
    }
}
