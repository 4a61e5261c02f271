package dev.segue.event;

import java.util.List;
import java.util.stream.Stream;

/**
 * Counts of what a reader met beside events.
 *
 * @param tornLines last lines of files that were skipped because they were torn: cut short by the end of a process
 * @param badLines lines that were passed over because they are no events
 * @param firstBadLines what the first of them are, each with file, line and reason
 * @param clampedShares events whose {@code time} was above 1 by more than rounding and was taken as 1
 */
public record ReadCounts(long tornLines, long badLines, List<String> firstBadLines, long clampedShares) {

    /** Nothing. */
    public static final ReadCounts NONE = new ReadCounts(0, 0, List.of(), 0);

    /** How many bad lines are quoted. */
    static final int QUOTED = 3;

    public ReadCounts {
        firstBadLines = List.copyOf(firstBadLines);
    }

    /** The counts of two readers, the second of which reads what comes after. */
    public ReadCounts plus(ReadCounts next) {
        return new ReadCounts(
                tornLines + next.tornLines,
                badLines + next.badLines,
                Stream.concat(firstBadLines.stream(), next.firstBadLines.stream())
                        .limit(QUOTED)
                        .toList(),
                clampedShares + next.clampedShares);
    }
}
