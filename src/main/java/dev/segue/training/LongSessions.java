package dev.segue.training;

import dev.segue.event.Session;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The implausibly long sessions of a log: longer than a day, or with more than a thousand tracks. They occur in logs that do not mark the
 * ends of sessions.
 *
 * @param count the number of these sessions
 * @param longest the one with the most events, ties to the first; null if there is none
 */
public record LongSessions(long count, @Nullable Session longest) {

    static final LongSessions NONE = new LongSessions(0, null);

    private static final long MAX_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MAX_TRACKS = 1000;

    LongSessions with(Session session) {
        if (millis(session) <= MAX_MILLIS && session.events().size() <= MAX_TRACKS) {
            return this;
        }
        boolean longer =
                longest == null || session.events().size() > longest.events().size();
        return new LongSessions(count + 1, longer ? session : longest);
    }

    private static long millis(Session session) {
        return session.last().timestamp() - session.first().timestamp();
    }

    /** A warning with the cause and a remedy; empty if there are no such sessions. */
    public Optional<String> warning() {
        if (longest == null) {
            return Optional.empty();
        }
        String cause = longest.first().session() > 0
                ? "All its events have the \"session\" number "
                        + longest.first().session() + ": give each session a different number"
                : "Its events have no \"session\" number, and no \"last\" event ends it earlier: log a \"session\" number"
                        + " with each event, or a \"last\" event at the end of each session";
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d sessions are longer than a day or have more than %,d tracks. The longest is that of listener %s, with"
                        + " %,d events in %,.1f hours. %s",
                count,
                MAX_TRACKS,
                longest.listener().text(),
                longest.events().size(),
                millis(longest) / 3_600_000.0,
                cause));
    }
}
