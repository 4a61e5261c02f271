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
import dev.segue.simulation.ServedArms;
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
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Simulated listeners against a server over HTTP: plays them, then says how the arms and the server fared. */
final class ServerLoad {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

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
        try (var reachable = new ServedArms(url, timeout)) {
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
        List<ArmResult> results = new ArrayList<>();
        try (var served = new ServedArms(url, timeout)) {
            List<Tally> tallies = new ArrayList<>();
            served.arms().forEach(arm -> tallies.add(new Tally(listeners.size())));
            Map<Integer, Integer> known = new HashMap<>();
            for (Played played : simulation.played()) {
                int arm = known.computeIfAbsent(
                        played.listener(),
                        listener ->
                                served.arm(ListenerId.of(listeners.get(listener).user())));
                tallies.get(arm).add(played.listener(), played.playbacks(), played.totalTime());
                if (oracle != null) {
                    double time = oracle.play(
                            model.begin(listeners.get(played.listener()), options.seed(), played.sessionNumber()));
                    tallies.get(arm).addOracle(played.listener(), time);
                }
            }
            for (int arm = 0; arm < tallies.size(); arm++) {
                if (tallies.get(arm).sessions() > 0) {
                    results.add(ArmResult.of(served.arms().get(arm), tallies.get(arm), oracle != null, null));
                }
            }
        }
        return results;
    }

    /**
     * Prints how the arms and the server fared.
     *
     * @param oracle as in {@link #arms}
     */
    void print(LoadResult result, @Nullable Oracle oracle, OutputFormat format, PrintWriter out) {
        List<ArmResult> arms = result.vanished() ? List.of() : arms(oracle);
        Map<String, @Nullable Object> row = row(result);
        switch (format) {
            case TEXT -> {
                SimulationTable.print(arms, format, out);
                printText(result, row, out);
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
        Histogram latencies = result.latencies();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("sessions", result.sessions());
        row.put("requests", result.requests());
        row.put("seconds", result.seconds());
        row.put("sessions_per_second", perSecond(result.sessions(), result));
        row.put("requests_per_second", perSecond(result.requests(), result));
        for (double percentile : PERCENTILES) {
            row.put(label(percentile) + "_us", latencies.getValueAtPercentile(percentile) / 1000.0);
        }
        row.put("max_us", latencies.getMaxValue() / 1000.0);
        for (NextTrackException.Kind kind : NextTrackException.Kind.values()) {
            row.put("failed_" + name(kind), result.failures().getOrDefault(kind, 0L));
        }
        return row;
    }

    private static double perSecond(long count, LoadResult result) {
        return result.seconds() == 0 ? 0 : count / result.seconds();
    }

    private static String name(NextTrackException.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String label(double percentile) {
        return percentile == Math.rint(percentile) ? "p" + (int) percentile : "p" + percentile;
    }

    private static void printText(LoadResult result, Map<String, @Nullable Object> row, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d sessions, %,d requests in %.1f s: %,.0f sessions/s, %,.0f requests/s%n",
                result.sessions(),
                result.requests(),
                result.seconds(),
                perSecond(result.sessions(), result),
                perSecond(result.requests(), result));
        var latencies = new StringBuilder("latency in µs:");
        row.forEach((name, value) -> {
            if (name.endsWith("_us") && value instanceof Double micros) {
                latencies.append(String.format(Locale.ROOT, " %s %,.0f", name.substring(0, name.length() - 3), micros));
            }
        });
        out.println(latencies);
        out.printf(Locale.ROOT, "failed requests: %,d", result.failed());
        result.failures()
                .forEach((kind, count) ->
                        out.printf(Locale.ROOT, ", %s %,d", name(kind).replace('_', ' '), count));
        out.println();
        result.messages().forEach(message -> out.println("  " + message));
        if (result.vanished()) {
            out.println("ended early: the server does not take connections any more");
        }
    }
}
