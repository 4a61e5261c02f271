package dev.segue.event;

/**
 * How the lines of a log are read.
 *
 * @param skipsBadLines whether lines that are not events are skipped and counted; otherwise the first one is an error
 * @param timestamps the unit of timestamps in lines without {@code v}, which Segue did not write
 * @param remedy appended to the error message of a line that is not an event
 */
public record LogRules(boolean skipsBadLines, TimestampUnit timestamps, String remedy) {

    /** All lines must be events, and timestamps are in milliseconds. */
    public static final LogRules STRICT = new LogRules(false, TimestampUnit.MILLISECONDS, "");
}
