package dev.segue.history;

import dev.segue.platform.Heap;
import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param listeners listeners at most; the one that was silent longest is forgotten first
 * @param listens last listens of a session at most
 * @param sessionTimeout silence after which a listener's next request begins a new session
 * @param answerBytes what answers to request ids take at most, together; the oldest is forgotten first
 * @param recall for how long listens of earlier sessions are of interest; if zero, a session's listens are forgotten at its end, and
 *     otherwise they are among the last {@code listens}
 */
public record HistoryLimits(int listeners, int listens, Duration sessionTimeout, long answerBytes, Duration recall) {

    /** The most that {@link #affordableListeners} allows, however large the heap. */
    static final int MOST_LISTENERS = 1_000_000;

    /** Memory of a listener without listens: its history, its other state, and its place in a map (measured: 300 with 8 listens). */
    private static final int LISTENER_BYTES = 208;

    private static final int LISTEN_BYTES = Integer.BYTES + Double.BYTES;

    /** More for each listen if earlier sessions are of interest: when it was noted. */
    private static final int RECALL_BYTES = Long.BYTES;

    private static final double LISTENERS_SHARE = 3.0 / 8;
    private static final double ANSWERS_SHARE = 1.0 / 16;

    public HistoryLimits {
        if (listeners < 1
                || listens < 1
                || sessionTimeout.isNegative()
                || sessionTimeout.isZero()
                || answerBytes < 0
                || recall.isNegative()) {
            throw new IllegalArgumentException("history limits must be positive: " + listeners + " listeners, "
                    + listens + " listens, " + sessionTimeout + ", " + answerBytes + " bytes of answers, recall of "
                    + recall);
        }
    }

    /** Without earlier sessions. */
    public HistoryLimits(int listeners, int listens, Duration sessionTimeout, long answerBytes) {
        this(listeners, listens, sessionTimeout, answerBytes, Duration.ZERO);
    }

    /** With a sixteenth of the heap for answers, without earlier sessions. */
    public HistoryLimits(int listeners, int listens, Duration sessionTimeout) {
        this(listeners, listens, sessionTimeout, Heap.share(ANSWERS_SHARE));
    }

    /** The same with the listens of earlier sessions. */
    public HistoryLimits recalling(Duration time) {
        return new HistoryLimits(listeners, listens, sessionTimeout, answerBytes, time);
    }

    /**
     * How many listeners three eighths of the heap hold, each with as many listens as may be remembered.
     *
     * @param recall as in the limits
     */
    public static int affordableListeners(int listens, Duration recall) {
        int listenBytes = LISTEN_BYTES + (recall.isZero() ? 0 : RECALL_BYTES);
        long affordable = Heap.share(LISTENERS_SHARE) / (LISTENER_BYTES + (long) listenBytes * listens);
        return (int) Math.max(1, Math.min(MOST_LISTENERS, affordable));
    }
}
