package dev.segue.event;

import java.util.List;
import java.util.stream.Stream;

/**
 * Counts of skipped lines and clamped values of a reader.
 *
 * @param tornLines skipped incomplete last lines of files, as a killed process leaves them
 * @param badLines skipped lines that are not events
 * @param firstBadLines descriptions of the first bad lines, each with file, line and reason
 * @param clampedShares events whose {@code time} exceeded 1 by more than a rounding error and was clamped to 1
 */
public record ReadCounts(long tornLines, long badLines, List<String> firstBadLines, long clampedShares) {

    /** All counts are 0. */
    public static final ReadCounts NONE = new ReadCounts(0, 0, List.of(), 0);

    /** Maximum number of bad lines that are described. */
    static final int MAX_QUOTED = 3;

    public ReadCounts {
        firstBadLines = List.copyOf(firstBadLines);
    }

    /** The sum of these counts and those of a later reader. */
    public ReadCounts plus(ReadCounts next) {
        return new ReadCounts(
                tornLines + next.tornLines,
                badLines + next.badLines,
                Stream.concat(firstBadLines.stream(), next.firstBadLines.stream())
                        .limit(MAX_QUOTED)
                        .toList(),
                clampedShares + next.clampedShares);
    }
}
