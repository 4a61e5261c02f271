package dev.segue.report.reading;

import dev.segue.event.SessionRule;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Options for reading a log.
 *
 * @param from the start of the experiment, in ms since 1970. Earlier sessions count as behaviour before the experiment. If
 *     null, only sessions that name no arm do
 * @param window the length of the window after the arrival of each listener, for effects over days
 * @param zone the time zone of the days
 * @param facts the known facts on the tracks
 * @param observations whether single latencies and session times are kept, for quantiles. If not, memory holds a few numbers
 *     for each listener
 * @param rule the rule by which sessions end
 */
public record ReadingOptions(
        @Nullable Long from, Duration window, ZoneId zone, TrackFacts facts, boolean observations, SessionRule rule) {

    /** A window of a day, UTC, with quantiles. */
    public static final ReadingOptions DEFAULT =
            new ReadingOptions(null, Duration.ofDays(1), ZoneId.of("UTC"), TrackFacts.NONE, true);

    public ReadingOptions {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window in which a listener is watched must be longer than nothing");
        }
    }

    /** Options with the default session rule. */
    public ReadingOptions(@Nullable Long from, Duration window, ZoneId zone, TrackFacts facts, boolean observations) {
        this(from, window, zone, facts, observations, SessionRule.DEFAULT);
    }
}
