package dev.segue.simulation;

import dev.segue.listener.ListenerId;
import java.util.Set;

/**
 * What came of a replay.
 *
 * @param events events read
 * @param sessions of them, those that ended a session
 * @param notSent events that the server's protocol has no request for
 * @param tornLines last lines of files that were cut short
 * @param requests what came of the requests
 * @param agreement how what was recommended fits what was heard
 * @param assignments who was in which arm, as recorded; arms that were set by hand are left out
 */
public record ReplayResult(
        long events,
        long sessions,
        long notSent,
        long tornLines,
        RequestFigures requests,
        NextTrackAgreement agreement,
        Set<RecordedArm> assignments) {

    public ReplayResult {
        assignments = Set.copyOf(assignments);
    }

    /** A listener's arm in an experiment. */
    public record RecordedArm(String experiment, ListenerId listener, String arm) {}
}
