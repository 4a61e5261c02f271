package dev.segue.http;

import dev.segue.service.NextTrackService;
import dev.segue.service.Restrictions;
import dev.segue.state.FeedbackStore;
import dev.segue.state.LearningRuns;
import dev.segue.state.WithdrawnTracks;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The stores that requests change and a restart keeps.
 *
 * @param clock of the changes
 */
record ServerState(FeedbackStore feedback, WithdrawnTracks withdrawn, LearningRuns learnings, InstantSource clock)
        implements AutoCloseable {

    /**
     * Reads the stores of a folder.
     *
     * @throws dev.segue.state.StateException if one is unreadable
     */
    static ServerState open(Path folder, InstantSource clock) {
        return new ServerState(
                FeedbackStore.open(folder), WithdrawnTracks.open(folder), LearningRuns.open(folder), clock);
    }

    Restrictions restrictions() {
        return new Restrictions(feedback, withdrawn);
    }

    StateEndpoints endpoints(NextTrackService service, int maxBodyBytes) {
        return new StateEndpoints(service, feedback, withdrawn, clock, maxBodyBytes);
    }

    @Override
    public void close() {
        try (learnings;
                withdrawn;
                feedback) {
            // each is closed in any case
        }
    }
}
