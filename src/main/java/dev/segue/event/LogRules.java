package dev.segue.event;

/**
 * How the lines of a log are read.
 *
 * @param skipsBadLines whether lines that are no events are passed over and counted; otherwise the first one is an error
 * @param timestamps the unit of the timestamps in lines without {@code v}, which are not Segue's
 * @param remedy stands behind the message of a line that is no event
 */
public record LogRules(boolean skipsBadLines, TimestampUnit timestamps, String remedy) {

    /** Every line is an event, and timestamps are in milliseconds. */
    public static final LogRules STRICT = new LogRules(false, TimestampUnit.MILLISECONDS, "");
}
