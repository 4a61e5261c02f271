package dev.segue.simulation.replay;

import dev.segue.event.EventLogException;
import dev.segue.id.ListenerId;
import dev.segue.simulation.load.RequestFigures;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of a replay.
 *
 * @param events number of processed events, those in {@code notSent} included
 * @param sessions number of sessions that ended, by the session rule of reports
 * @param repeated number of repeated events, which are left out
 * @param notSent number of events that cannot be sent to the server, by reason
 * @param tornLines number of truncated last lines of files
 * @param unreadable the log error that ended the replay; null if the log was read to its end
 * @param requests figures of the requests
 * @param agreement agreement of the recommendations with the recorded playbacks
 * @param assignments the recorded arms; forced arms are left out
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
