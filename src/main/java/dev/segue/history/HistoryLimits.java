package dev.segue.history;

import dev.segue.platform.Heap;
import java.time.Duration;

/**
 * Limits of the memory for listeners.
 *
 * @param listeners maximum number of listeners; the least recently active one is forgotten first
 * @param listens maximum number of playbacks of a listener; the oldest is forgotten first
 * @param sessionTimeout silence after which a listener's next request begins a new session
 * @param responseBytes maximum memory of all responses with a request id, in bytes; the oldest is forgotten first
 * @param recall time for which playbacks of earlier sessions are kept among the last {@code listens}; zero to forget a session's
 *     playbacks at its end
 */
public record HistoryLimits(int listeners, int listens, Duration sessionTimeout, long responseBytes, Duration recall) {

    /** Maximum of {@link #affordableListeners} for a heap of any size. */
    static final int MAX_LISTENERS = 1_000_000;

    /** Bytes of a listener without playbacks: its history, its state and its map entry (measured: 300 with 8 playbacks). */
    private static final int LISTENER_BYTES = 208;

    private static final int LISTEN_BYTES = Integer.BYTES + Double.BYTES;

    /** Further bytes of a playback if earlier sessions are kept: its time. */
    private static final int RECALL_BYTES = Long.BYTES;

    private static final double LISTENERS_SHARE = 3.0 / 8;
    private static final double RESPONSES_SHARE = 1.0 / 16;

    public HistoryLimits {
        if (listeners < 1
                || listens < 1
                || sessionTimeout.isNegative()
                || sessionTimeout.isZero()
                || responseBytes < 0
                || recall.isNegative()) {
            throw new IllegalArgumentException("history limits must be positive: " + listeners + " listeners, "
                    + listens + " listens, " + sessionTimeout + ", " + responseBytes + " bytes of responses, recall of "
                    + recall);
        }
    }

    /** Without earlier sessions. */
    public HistoryLimits(int listeners, int listens, Duration sessionTimeout, long responseBytes) {
        this(listeners, listens, sessionTimeout, responseBytes, Duration.ZERO);
    }

    /** Without earlier sessions, and with a sixteenth of the heap for responses. */
    public HistoryLimits(int listeners, int listens, Duration sessionTimeout) {
        this(listeners, listens, sessionTimeout, Heap.share(RESPONSES_SHARE));
    }

    /** The same limits, with playbacks of earlier sessions. */
    public HistoryLimits recalling(Duration time) {
        return new HistoryLimits(listeners, listens, sessionTimeout, responseBytes, time);
    }

    /**
     * The number of listeners that fit into three eighths of the heap, each with the maximum number of playbacks.
     *
     * @param recall as in the limits
     */
    public static int affordableListeners(int listens, Duration recall) {
        int listenBytes = LISTEN_BYTES + (recall.isZero() ? 0 : RECALL_BYTES);
        long affordable = Heap.share(LISTENERS_SHARE) / (LISTENER_BYTES + (long) listenBytes * listens);
        return (int) Math.max(1, Math.min(MAX_LISTENERS, affordable));
    }
}
