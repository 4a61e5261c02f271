package dev.segue.simulation.load;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.Tally;
import dev.segue.simulation.days.ReturningListeners;
import dev.segue.simulation.days.SimulatedDays;
import dev.segue.simulation.load.LoadSimulation.Played;
import dev.segue.world.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Simulated listeners against a server over HTTP: plays them, then says how the arms fared. */
public final class ServerPlayer implements SimulatedDays.Player {

    /** The arm of servers that tell of none, and of listeners who take no part. */
    private static final String NONE = "server";

    /** Stands for the arms of those of whom the server did not tell any more. */
    private static final String UNKNOWN = "(unknown)";

    private final RemoteServer server;
    private final List<Listener> listeners;
    private final LoadOptions options;
    private final BooleanSupplier stop;
    private final LoadSimulation simulation;
    private final Map<Integer, String> knownArms = new HashMap<>();
    private @Nullable String whyUnknown;
    private ListenerModel model;
    private @Nullable Oracle oracle;

    public ServerPlayer(
            RemoteServer server,
            ListenerModel model,
            @Nullable Oracle oracle,
            List<Listener> listeners,
            LoadOptions options,
            LongConsumer progress) {
        this.server = server;
        this.model = model;
        this.oracle = oracle;
        this.listeners = listeners;
        this.options = options;
        stop = server.stop();
        simulation =
                new LoadSimulation(model, listeners, () -> new HttpNextTrackClient(server), options, stop, progress);
    }

    /**
     * Plays all sessions.
     *
     * @throws NextTrackException if there is no server to begin with
     */
    public LoadResult run() {
        requireServer();
        return simulation.run();
    }

    /** @throws NextTrackException if there is no server */
    private void requireServer() {
        try (var reachable = new ServedExperiments(server)) {
            var unused = reachable.arms();
        }
    }

    @Override
    public void beginDay(ListenerModel today, IntPredicate released) {
        model = today;
        oracle = oracle == null ? null : new Oracle(today);
        simulation.goOnWith(today);
    }

    @Override
    public List<ArmResult> playDay(ReturningListeners returning, Instant end) {
        requireServer();
        int before = simulation.played().size();
        var unused = simulation.playDay(returning);
        List<Played> played = simulation.played();
        return arms(played.subList(before, played.size()));
    }

    /** The result of the requests so far. */
    public LoadResult result() {
        return simulation.result();
    }

    /**
     * How the listeners of each arm fared. The server is asked for the arms now, when the load is over; if it has no answer,
     * {@link #whyUnknown} tells why.
     */
    public List<ArmResult> arms() {
        return arms(simulation.played());
    }

    /** Why the arms of some listeners are unknown; null if they are not. */
    @Nullable
    public String whyUnknown() {
        return whyUnknown;
    }

    private List<ArmResult> arms(List<Played> sessions) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        askForArms(sessions).forEach(arm -> tallies.put(arm, newTally()));
        for (Played played : sessions) {
            String arm = knownArms.getOrDefault(played.listener(), UNKNOWN);
            Tally tally = tallies.computeIfAbsent(arm, name -> newTally());
            tally.add(played.listener(), played.playbacks(), played.totalTime());
            if (oracle != null) {
                tally.addOracle(played.listener(), oracleTime(oracle, played));
            }
        }
        List<ArmResult> results = new ArrayList<>();
        tallies.forEach((arm, tally) -> {
            if (tally.sessions() > 0) {
                results.add(ArmResult.of(arm, tally, oracle != null && !stop.getAsBoolean(), null));
            }
        });
        return results;
    }

    /** Asks for the arms of those who are not known yet, until there is no answer; the names of all arms, in order. */
    private List<String> askForArms(List<Played> sessions) {
        List<String> names = List.of();
        try (var served = new ServedExperiments(server)) {
            String experiment = served.serving();
            names = experiment == null ? names : served.arms().getOrDefault(experiment, names);
            BooleanSupplier outOfTime = ServedExperiments.deadline(stop);
            for (Played played : sessions) {
                if (outOfTime.getAsBoolean()) {
                    whyUnknown = "interrupted while asking";
                    break;
                }
                knownArms.computeIfAbsent(played.listener(), listener -> arm(served, listener));
            }
        } catch (NextTrackException e) {
            whyUnknown = e.getMessage();
        }
        return names;
    }

    /** The time that the oracle reaches in the same session, in the world as it is now; not to be told if it ended early. */
    private double oracleTime(Oracle asked, Played played) {
        return asked.play(model.begin(listeners.get(played.listener()), options.seed(), played.sessionNumber()), stop);
    }

    private Tally newTally() {
        return new Tally(listeners.size());
    }

    private String arm(ServedExperiments served, int listener) {
        String experiment = served.serving();
        ListenerId id = ListenerId.of(listeners.get(listener).user());
        return Objects.requireNonNullElse(experiment == null ? null : served.arm(experiment, id), NONE);
    }
}
