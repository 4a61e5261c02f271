package dev.segue.listening;

import dev.segue.platform.Heap;
import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param listeners listeners at most; the one that was silent longest is forgotten first
 * @param listens last listens of a session at most
 * @param sessionTimeout silence after which a listener's next request begins a new session
 * @param answerBytes what answers to request ids take at most, together; the oldest is forgotten first
 */
public record HistoryLimits(int listeners, int listens, Duration sessionTimeout, long answerBytes) {

    /** The most that {@link #affordableListeners} allows, however large the heap. */
    static final int MOST_LISTENERS = 1_000_000;

    /** Memory of a listener without listens: its history, its other state, and its place in a map (measured: 300 with 8 listens). */
    private static final int LISTENER_BYTES = 208;

    private static final int LISTEN_BYTES = Integer.BYTES + Double.BYTES;
    private static final double LISTENERS_SHARE = 3.0 / 8;
    private static final double ANSWERS_SHARE = 1.0 / 16;

    public HistoryLimits {
        if (listeners < 1 || listens < 1 || sessionTimeout.isNegative() || sessionTimeout.isZero() || answerBytes < 0) {
            throw new IllegalArgumentException("history limits must be positive: " + listeners + " listeners, "
                    + listens + " listens, " + sessionTimeout + ", " + answerBytes + " bytes of answers");
        }
    }

    /** With a sixteenth of the heap for answers. */
    public HistoryLimits(int listeners, int listens, Duration sessionTimeout) {
        this(listeners, listens, sessionTimeout, Heap.share(ANSWERS_SHARE));
    }

    /** How many listeners three eighths of the heap hold, each with as many listens as may be remembered. */
    public static int affordableListeners(int listens) {
        long affordable = Heap.share(LISTENERS_SHARE) / (LISTENER_BYTES + (long) LISTEN_BYTES * listens);
        return (int) Math.max(1, Math.min(MOST_LISTENERS, affordable));
    }
}
