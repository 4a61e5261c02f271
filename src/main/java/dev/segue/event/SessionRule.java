package dev.segue.event;

import java.time.Duration;

/**
 * When a session ends. Reports, the live report, training and replays share this rule.
 *
 * <p>A session ends with its {@code last}, with the listener's next session, or by silence. If events carry a session
 * number (Segue's), the number decides, since the server has applied its own {@code session_timeout}; silence matters
 * only at the end of the log. Without numbers (Botify's), a longer silence or a {@code start} begins the next session,
 * as on Segue's server.
 *
 * @param silenceMillis a longer silence ends a session, in ms
 * @param onlyLast whether only {@code last} ends a session: the rule of the original table
 */
public record SessionRule(long silenceMillis, boolean onlyLast) {

    /** The rule with the default of {@code history.session_timeout_minutes}. */
    public static final SessionRule DEFAULT = of(Duration.ofMinutes(30));

    public SessionRule {
        if (silenceMillis < 1) {
            throw new IllegalArgumentException("the silence that ends a session must be at least 1 ms");
        }
    }

    /** The rule with a silence of this length. */
    public static SessionRule of(Duration silence) {
        return new SessionRule(silence.toMillis(), false);
    }

    /**
     * Whether an event begins a new session instead of continuing the listener's open one.
     *
     * @param openNumber number of the listener's open session; 0 if it has none
     * @param lastTimestamp timestamp of the last event of the open session, in ms since 1970
     * @param number the event's session number; 0 if it has none
     * @param sequence the event's number in its session
     * @param isStart whether the event is a {@code start}
     * @param timestamp timestamp of the event, in ms since 1970
     */
    public boolean begins(
            long openNumber, long lastTimestamp, long number, int sequence, boolean isStart, long timestamp) {
        if (number == 0 && openNumber == 0) {
            return !onlyLast && (isStart || timestamp - lastTimestamp > silenceMillis);
        }
        return number == 0 || number > openNumber || sequence == 1;
    }

    /** Whether the listener's latest session, without {@code last}, has ended by the end of the log. */
    public boolean isOver(long lastTimestamp, long logEnd) {
        return !onlyLast && logEnd - lastTimestamp > silenceMillis;
    }
}
