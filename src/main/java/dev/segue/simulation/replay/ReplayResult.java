package dev.segue.simulation.replay;

import dev.segue.event.EventLogException;
import dev.segue.listener.ListenerId;
import dev.segue.simulation.load.RequestFigures;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of a replay.
 *
 * @param events events that were dealt with: sent, or found to be such as cannot be sent
 * @param sessions sessions that ended, by the rule that reports have
 * @param repeated events that were left out since they had been read before
 * @param notSent of them, those that the server's protocol has no request for, by reason
 * @param tornLines last lines of files that were cut short
 * @param unreadable what made the log unreadable in the middle, where the replay ended then; null if nothing did
 * @param requests what came of the requests
 * @param agreement how what was recommended fits what was heard
 * @param assignments who was in which arm, as recorded; arms that were set by hand are left out
 */
public record ReplayResult(
        long events,
        long sessions,
        long repeated,
        Map<String, Long> notSent,
        long tornLines,
        @Nullable EventLogException unreadable,
        RequestFigures requests,
        NextTrackAgreement agreement,
        Set<RecordedArm> assignments) {

    public ReplayResult {
        notSent = Map.copyOf(notSent);
        assignments = Set.copyOf(assignments);
    }

    /** A listener's arm in an experiment. */
    public record RecordedArm(String experiment, ListenerId listener, String arm) {}
}
