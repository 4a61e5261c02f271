package dev.segue.simulation.replay;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.load.RemoteServer;
import dev.segue.simulation.load.ServedExperiments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server over HTTP, for replays. */
public final class HttpReplay implements ReplayTarget {

    private final RemoteServer server;
    private final int ranks;
    private final ServedExperiments experiments;

    /**
     * @param ranks how many tracks to ask for; a server that speaks Botify's protocol alone is asked for one
     * @throws dev.segue.simulation.NextTrackException if there is no server
     */
    public HttpReplay(RemoteServer server, int ranks) {
        this.server = server;
        this.ranks = ranks > 1 && HttpReplayClient.ranks(server) ? ranks : 1;
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
    public boolean canTellArm(ListenerId listener) {
        return ServedExperiments.canTellArm(listener);
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
