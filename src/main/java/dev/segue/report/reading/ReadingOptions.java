package dev.segue.report.reading;

import dev.segue.event.SessionRule;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How a log is read for a report.
 *
 * @param from when the experiment began, in ms since 1970: sessions that began earlier are what listeners did before it;
 *     null if only those are that name no arm of it
 * @param window how long after its arrival each listener is watched, for effects over days
 * @param zone whose days those are
 * @param facts what is known of the tracks
 * @param observations whether single latencies and session times are kept, for quantiles; else memory holds a few numbers for
 *     each listener only
 * @param rule when sessions end
 */
public record ReadingOptions(
        @Nullable Long from, Duration window, ZoneId zone, TrackFacts facts, boolean observations, SessionRule rule) {

    /** A day's window, UTC, with quantiles. */
    public static final ReadingOptions DEFAULT =
            new ReadingOptions(null, Duration.ofDays(1), ZoneId.of("UTC"), TrackFacts.NONE, true);

    public ReadingOptions {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window in which a listener is watched must be longer than nothing");
        }
    }

    /** With the rule that sessions end by if nothing else is asked for. */
    public ReadingOptions(@Nullable Long from, Duration window, ZoneId zone, TrackFacts facts, boolean observations) {
        this(from, window, zone, facts, observations, SessionRule.DEFAULT);
    }
}
