package dev.segue.event;

/**
 * How the lines of a log are read.
 *
 * @param skipsBadLines whether lines that are not events are skipped and counted; otherwise the first one is an error
 * @param timestamps the unit of timestamps in lines without {@code v}, which Segue did not write
 * @param addsTracks whether string ids of played tracks are added to the table of {@link dev.segue.id.TrackIds}; otherwise they are looked
 *     up, and a playback of an unknown track keeps its id. Clients write these ids, so a server must not add them
 * @param remedy appended to the error message of a line that is not an event
 */
public record LogRules(boolean skipsBadLines, TimestampUnit timestamps, boolean addsTracks, String remedy) {

    /** All lines must be events, and timestamps are in milliseconds. */
    public static final LogRules STRICT = new LogRules(false, TimestampUnit.MILLISECONDS, true, "");

    /** The same, and unknown tracks stay unknown: for a server that reads its own log. */
    public static final LogRules SERVED = new LogRules(false, TimestampUnit.MILLISECONDS, false, "");
}
