package dev.segue.report.reading;

import dev.segue.event.ReadCounts;

/**
 * Facts on a log beside the listeners of the experiment that was read.
 *
 * @param events without repeated ones
 * @param closed sessions that ended with {@code last}
 * @param left sessions that ended with the listener's next one or with silence
 * @param open sessions that had not ended when the log did; they are left out of all sums
 * @param stray events of a session older than the one their listener was in; they belong to no session
 * @param repeated events that were left out since they had been read before
 * @param unexpected events whose track is not the one recommended just before: the listener chose otherwise, or two
 *     sessions of a listener were logged as one
 * @param backwards events with an earlier timestamp than the one before in their session: a clock was set back
 * @param read what was met beside events, such as torn lines
 * @param switched listeners who were seen in more than one arm: the weights were changed, or the log is of two experiments. They
 *     belong to no arm
 * @param forced listeners whose arm was set by hand, who are left out
 * @param early sessions that were in an arm before the time that is given as the experiment's beginning
 * @param late sessions whose first event names no arm but a later one does; they count whole in that arm
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

    /** Last lines cut short by the end of a process. */
    public long tornLines() {
        return read.tornLines();
    }

    /** Sessions that ended, in one way or another. */
    public long sessions() {
        return closed + left;
    }
}
