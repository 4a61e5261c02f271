package dev.segue.cli;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.HttpNextTrackClient;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.LoadOptions;
import dev.segue.simulation.LoadResult;
import dev.segue.simulation.LoadSimulation;
import dev.segue.simulation.LoadSimulation.Played;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.RequestFigures;
import dev.segue.simulation.ServedExperiments;
import dev.segue.simulation.Tally;
import dev.segue.world.Listener;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Simulated listeners against a server over HTTP: plays them, then says how the arms and the server fared. */
final class ServerLoad {

    /** The arm of servers that tell of none, and of listeners who take no part. */
    private static final String NONE = "server";

    private final URI url;
    private final Duration timeout;
    private final ListenerModel model;
    private final List<Listener> listeners;
    private final LoadOptions options;
    private final LoadSimulation simulation;

    ServerLoad(
            URI url,
            Duration timeout,
            ListenerModel model,
            List<Listener> listeners,
            LoadOptions options,
            BooleanSupplier stop,
            LongConsumer progress) {
        this.url = url;
        this.timeout = timeout;
        this.model = model;
        this.listeners = listeners;
        this.options = options;
        simulation = new LoadSimulation(
                model, listeners, () -> new HttpNextTrackClient(url, timeout), options, stop, progress);
    }

    /**
     * Plays all sessions.
     *
     * @throws NextTrackException if there is no server to begin with
     */
    LoadResult run() {
        try (var reachable = new ServedExperiments(url, timeout)) {
            var unused = reachable.arms();
        }
        return simulation.run();
    }

    /**
     * How the listeners of each arm fared. The server is asked for the arms now, when the load is over.
     *
     * @param oracle plays the same sessions too; or null
     */
    List<ArmResult> arms(@Nullable Oracle oracle) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        try (var served = new ServedExperiments(url, timeout)) {
            String experiment = served.serving();
            if (experiment != null) {
                served.arms().getOrDefault(experiment, List.of()).forEach(arm -> tallies.put(arm, newTally()));
            }
            Map<Integer, String> known = new HashMap<>();
            for (Played played : simulation.played()) {
                String arm = known.computeIfAbsent(played.listener(), listener -> arm(served, listener));
                Tally tally = tallies.computeIfAbsent(arm, name -> newTally());
                tally.add(played.listener(), played.playbacks(), played.totalTime());
                if (oracle != null) {
                    double time = oracle.play(
                            model.begin(listeners.get(played.listener()), options.seed(), played.sessionNumber()));
                    tally.addOracle(played.listener(), time);
                }
            }
        }
        List<ArmResult> results = new ArrayList<>();
        tallies.forEach((arm, tally) -> {
            if (tally.sessions() > 0) {
                results.add(ArmResult.of(arm, tally, oracle != null, null));
            }
        });
        return results;
    }

    private Tally newTally() {
        return new Tally(listeners.size());
    }

    private String arm(ServedExperiments served, int listener) {
        String experiment = served.serving();
        ListenerId id = ListenerId.of(listeners.get(listener).user());
        return Objects.requireNonNullElse(experiment == null ? null : served.arm(experiment, id), NONE);
    }

    /**
     * Prints how the arms and the server fared.
     *
     * @param oracle as in {@link #arms}
     */
    void print(LoadResult result, @Nullable Oracle oracle, OutputFormat format, PrintWriter out) {
        List<ArmResult> arms = result.requests().vanished() ? List.of() : arms(oracle);
        Map<String, @Nullable Object> row = row(result);
        switch (format) {
            case TEXT -> {
                SimulationTable.print(arms, format, out);
                printText(result, out);
            }
            case CSV -> {
                SimulationTable.print(arms, format, out);
                out.println();
                SimulationTable.printCsv(List.of(row), out);
            }
            case JSON -> SimulationTable.printJson(Map.of("arms", SimulationTable.rows(arms), "load", row), out);
        }
        out.flush();
    }

    private static Map<String, @Nullable Object> row(LoadResult result) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("sessions", result.sessions());
        row.put("sessions_per_second", RequestTable.perSecond(result.sessions(), result.requests()));
        row.putAll(RequestTable.row(result.requests()));
        return row;
    }

    private static void printText(LoadResult result, PrintWriter out) {
        RequestFigures requests = result.requests();
        out.printf(
                Locale.ROOT,
                "%,d sessions, %,d requests in %.1f s: %,.0f sessions/s, %,.0f requests/s%n",
                result.sessions(),
                requests.requests(),
                requests.seconds(),
                RequestTable.perSecond(result.sessions(), requests),
                RequestTable.perSecond(requests.requests(), requests));
        RequestTable.print(requests, out);
    }
}
