package dev.segue.simulation.load;

import dev.segue.id.ListenerId;
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

/** Plays sessions of simulated listeners against a server over HTTP, and returns the results of the arms. */
public final class ServerPlayer implements SimulatedDays.Player {

    /** Name of the arm of servers without experiments, and of listeners outside the experiment. */
    private static final String NONE = "server";

    /** Name of the arm of listeners whose arm the server did not return. */
    private static final String UNKNOWN = "(unknown)";

    private final RemoteServer server;
    private final List<Listener> listeners;
    private final LoadOptions options;
    private final BooleanSupplier stop;
    private final LoadSimulation simulation;
    private final Map<Integer, String> knownArms = new HashMap<>();
    private @Nullable String unknownArmsReason;
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
     * @throws NextTrackException if the server does not respond at the start
     */
    public LoadResult run() {
        requireServer();
        return simulation.run();
    }

    /** @throws NextTrackException if the server does not respond */
    private void requireServer() {
        try (var reachable = new ServedExperiments(server)) {
            var unused = reachable.arms();
        }
    }

    @Override
    public void beginDay(ListenerModel today, IntPredicate released) {
        model = today;
        oracle = oracle == null ? null : new Oracle(today);
        simulation.replaceModel(today);
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
     * The results of the arms. Requests the listeners' arms from the server now, after the load. If this fails, {@link
     * #unknownArmsReason} is the reason.
     */
    public List<ArmResult> arms() {
        return arms(simulation.played());
    }

    /** The reason why the arms of some listeners are unknown; null if all are known. */
    @Nullable
    public String unknownArmsReason() {
        return unknownArmsReason;
    }

    private List<ArmResult> arms(List<Played> sessions) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        queryArms(sessions).forEach(arm -> tallies.put(arm, newTally()));
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

    /** Requests the arms that are not known yet, until a request fails; returns the names of all arms, in order. */
    private List<String> queryArms(List<Played> sessions) {
        List<String> names = List.of();
        try (var served = new ServedExperiments(server)) {
            String experiment = served.serving();
            names = experiment == null ? names : served.arms().getOrDefault(experiment, names);
            BooleanSupplier outOfTime = ServedExperiments.deadline(stop);
            for (Played played : sessions) {
                if (outOfTime.getAsBoolean()) {
                    unknownArmsReason = "interrupted while requesting the arms";
                    break;
                }
                knownArms.computeIfAbsent(played.listener(), listener -> arm(served, listener));
            }
        } catch (NextTrackException e) {
            unknownArmsReason = e.getMessage();
        }
        return names;
    }

    /** The oracle's time in the same session with the current model; meaningless after a stop. */
    private double oracleTime(Oracle currentOracle, Played played) {
        return currentOracle.play(
                model.begin(listeners.get(played.listener()), options.seed(), played.sessionNumber()), stop);
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
