package dev.segue.event;

import java.time.Duration;

/**
 * When a session ends. Reports, the live report, training and replays share this rule.
 *
 * <p>A session ends with its {@code last}, with the listener's next session, or with a silence. Where events carry a session
 * number (Segue's), the server has told sessions apart by its own {@code session_timeout}: the number decides, and silence is
 * only judged at the log's end. Without numbers (Botify's), a longer silence or a {@code start} within the log begins the next
 * session, as it would have done on Segue's server.
 *
 * @param silenceMillis a longer silence ends a session, in ms
 * @param onlyLast whether nothing but {@code last} ends a session: the rule of the original table
 */
public record SessionRule(long silenceMillis, boolean onlyLast) {

    /** With the default of {@code history.session_timeout_minutes}. */
    public static final SessionRule DEFAULT = of(Duration.ofMinutes(30));

    public SessionRule {
        if (silenceMillis < 1) {
            throw new IllegalArgumentException("the silence that ends a session must be longer than nothing");
        }
    }

    /** Sessions end with {@code last}, the next session or so long a silence. */
    public static SessionRule of(Duration silence) {
        return new SessionRule(silence.toMillis(), false);
    }

    /**
     * Whether an event begins another session than the one that its listener is in.
     *
     * @param openNumber number of the listener's open session; 0 if it has none
     * @param lastTimestamp when that had its last event, in ms since 1970
     * @param number the event's session number; 0 if it has none
     * @param sequence the event's number in its session
     * @param isStart whether the event is a {@code start}
     * @param timestamp the event's
     */
    public boolean begins(
            long openNumber, long lastTimestamp, long number, int sequence, boolean isStart, long timestamp) {
        if (number == 0 && openNumber == 0) {
            return !onlyLast && (isStart || timestamp - lastTimestamp > silenceMillis);
        }
        return number == 0 || number > openNumber || sequence == 1;
    }

    /** Whether a session without {@code last} that nothing follows has ended when the log ends. */
    public boolean isOver(long lastTimestamp, long logEnd) {
        return !onlyLast && logEnd - lastTimestamp > silenceMillis;
    }
}
