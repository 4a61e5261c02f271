package dev.segue.report.reading;

import dev.segue.event.ReadCounts;

/**
 * Facts on a log, in addition to the listeners of the experiment.
 *
 * @param events the number of events, without repeated events
 * @param closed the number of sessions that ended with {@code last}
 * @param left the number of sessions that ended with the listener's next session or with a silence
 * @param open the number of sessions that are open at the end of the log; they are left out of all sums
 * @param stray the number of events of a session older than the listener's current session; they are left out
 * @param repeated the number of repeated events that were left out
 * @param unexpected the number of events whose track is not the recommended track: the listener chose otherwise, or two
 *     sessions of a listener were logged as one
 * @param backwards the number of events with an earlier timestamp than the previous event of the session, because a clock was
 *     set back
 * @param read counts of other lines, such as torn lines
 * @param switched the number of listeners in more than one arm: the weights were changed, or the log has two experiments with
 *     one name. They are left out
 * @param forced the number of listeners whose arm was set by hand; they are left out
 * @param early the number of sessions in an arm before the given start of the experiment
 * @param late the number of sessions whose first event names no arm while a later event does; they count completely in that
 *     arm
 */
public record LogFacts(
        long events,
        long closed,
        long left,
        long open,
        long stray,
        long repeated,
        long unexpected,
        long backwards,
        ReadCounts read,
        long switched,
        long forced,
        long early,
        long late) {

    /** The number of last lines that are incomplete because a process ended. */
    public long tornLines() {
        return read.tornLines();
    }

    /** The number of ended sessions. */
    public long sessions() {
        return closed + left;
    }
}
