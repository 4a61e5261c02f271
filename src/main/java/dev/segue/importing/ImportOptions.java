package dev.segue.importing;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an import.
 *
 * @param columns names of columns by their roles; the columns of other roles are guessed
 * @param header names of the columns of tables without a header line; empty if tables have one
 * @param defaultListener the listener of rows without a column for it; null for {@value #ONE_LISTENER} in formats that hold one
 *     person's history, and for an error in other tables
 * @param sessionGap a longer silence between two playbacks of a listener separates sessions
 * @param durationUnit the unit of played times and durations; null to take it from the names and values of the columns
 * @param timestampUnit the unit of numeric timestamps; null to take it from each value
 * @param zone the time zone of timestamps in text without a zone
 * @param timestampMarks the part of a playback that timestamps mark; null to take it from the format and the column's name
 * @param skippedShare the share of a skipped track that was played, where only the skip is known
 */
public record ImportOptions(
        Map<Role, String> columns,
        List<String> header,
        @Nullable String defaultListener,
        Duration sessionGap,
        @Nullable DurationUnit durationUnit,
        @Nullable TimestampUnit timestampUnit,
        ZoneId zone,
        @Nullable TimestampMark timestampMarks,
        double skippedShare) {

    /** The id of the one listener of a personal export. */
    public static final String ONE_LISTENER = "me";

    /** The default of {@link #skippedShare}. */
    public static final double SKIPPED_SHARE = 0.1;

    /** The defaults. */
    public static final ImportOptions DEFAULT = new ImportOptions(
            Map.of(), List.of(), null, Duration.ofMinutes(30), null, null, ZoneOffset.UTC, null, SKIPPED_SHARE);

    public ImportOptions {
        columns = Map.copyOf(columns);
        header = List.copyOf(header);
        if (sessionGap.toMillis() < 1) {
            throw new IllegalArgumentException("the gap between sessions must be longer than 0");
        }
        if (!(skippedShare >= 0 && skippedShare <= 1)) {
            throw new IllegalArgumentException("the share of skipped tracks must be from 0 to 1");
        }
    }
}
