package dev.segue.training;

import dev.segue.event.Session;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a log that are too long for one sitting: longer than a day, or of more than a thousand tracks. They come from
 * logs without the ends of sessions.
 *
 * @param count how many there are
 * @param longest the one with the most events, the first of equals; null if there is none
 */
public record LongSessions(long count, @Nullable Session longest) {

    static final LongSessions NONE = new LongSessions(0, null);

    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MOST_TRACKS = 1000;

    LongSessions with(Session session) {
        if (millis(session) <= MOST_MILLIS && session.events().size() <= MOST_TRACKS) {
            return this;
        }
        boolean longer =
                longest == null || session.events().size() > longest.events().size();
        return new LongSessions(count + 1, longer ? session : longest);
    }

    private static long millis(Session session) {
        return session.last().timestamp() - session.first().timestamp();
    }

    /** Tells what is wrong with the log, and what to do; empty if no session is too long. */
    public Optional<String> warning() {
        if (longest == null) {
            return Optional.empty();
        }
        String cause = longest.first().session() > 0
                ? "All its events carry the \"session\" number "
                        + longest.first().session() + ": give each session a number of its own"
                : "Its events carry no \"session\" number, and no \"last\" event ends it earlier: log a \"session\" number"
                        + " with each event, or a \"last\" event at the end of each session";
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d sessions are longer than a day or have more than %,d tracks. The longest is that of listener %s, with"
                        + " %,d events in %,.1f hours. %s",
                count,
                MOST_TRACKS,
                longest.listener().text(),
                longest.events().size(),
                millis(longest) / 3_600_000.0,
                cause));
    }
}
