package dev.segue.simulation.replay;

import dev.segue.id.ListenerId;
import dev.segue.simulation.load.RemoteServer;
import dev.segue.simulation.load.ServedExperiments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays to a server over HTTP. */
public final class HttpReplay implements ReplayTarget {

    private final RemoteServer server;
    private final int ranks;
    private final ServedExperiments experiments;

    /**
     * @param ranks number of tracks to request; servers without {@code /next_track} return one
     * @throws dev.segue.simulation.NextTrackException if the server does not respond
     */
    public HttpReplay(RemoteServer server, int ranks) {
        this.server = server;
        this.ranks = ranks > 1 && HttpReplayClient.supportsRanking(server) ? ranks : 1;
        experiments = new ServedExperiments(server);
    }

    @Override
    public ReplayClient connect() {
        return new HttpReplayClient(server, ranks);
    }

    @Override
    public boolean has(String experiment) {
        return experiments.arms().containsKey(experiment);
    }

    @Override
    public List<String> arms(String experiment) {
        return experiments.arms().getOrDefault(experiment, List.of());
    }

    @Override
    public boolean canQueryArm(ListenerId listener) {
        return ServedExperiments.canQueryArm(listener);
    }

    @Override
    public @Nullable String arm(String experiment, ListenerId listener) {
        return experiments.arm(experiment, listener);
    }

    @Override
    public void close() {
        experiments.close();
    }
}
