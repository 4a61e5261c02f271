package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.event.EventFileWriter;
import dev.segue.simulation.InProcessSimulation;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.LoadOptions;
import dev.segue.simulation.LoadResult;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.SessionRules;
import dev.segue.simulation.SimulatedWorld;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code segue simulate}: listeners that play what recommenders tell them. */
@Command(
        name = "simulate",
        description =
                "Let a world's listeners play what recommenders tell them: in this process in virtual time, or over HTTP.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "In process, the same seed gives the same log, byte for byte, for any number of threads. The table shows means",
            "over listeners of their means over sessions, with standard errors. Ctrl-C ends with the figures so far.",
            "Over HTTP, the exit code is 1 if any request failed."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SimulateCommand implements Callable<Integer> {

    /** Sessions between two looks at the clock, the terminal and Ctrl-C. */
    private static final int BATCH = 10_000;

    /** The cut at which percent of oracle is quoted; without one, listeners who almost never leave rule the figures. */
    private static final int ORACLE_PLAYBACKS = 50;

    @Option(
            names = "--world",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder with tracks.json, users.json and tracks.npy, as segue world writes them.")
    private Path world;

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "P",
            description = "Recommenders to compare, each an arm: random, sticky-artist, top-pop (of 100), top-pop:N, "
                    + "indexed, contextual, new (from the world's catalogs). Default: random,sticky-artist,top-pop.")
    private @Nullable List<String> policies;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Instead of --policy: the recommenders and the serving experiment of a server's configuration.")
    private @Nullable Path config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Instead of --policy: a server that speaks the Botify protocol, such as http://localhost:5000.")
    private @Nullable URI url;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "Over HTTP: connections, each with one session at a time.")
    private int concurrency;

    @Option(
            names = "--rate",
            paramLabel = "R",
            converter = Rate.class,
            description =
                    "Over HTTP: requests a second, such as 5000/s, that begin whether or not the server keeps up; "
                            + "latency counts from there. Default: each connection asks as soon as it has its answer.")
    private @Nullable Double rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "Over HTTP: sessions before those that count.")
    private long warmUp;

    @Option(
            names = "--timeout-ms",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "Over HTTP: how long to wait for an answer.")
    private int timeoutMillis;

    @Option(
            names = "--split",
            defaultValue = "LISTENER",
            description = "What decides the policy: ${COMPLETION-CANDIDATES}. SESSION mixes logs best for training.")
    private InProcessArms.Split split;

    @Option(
            names = "--paired",
            description =
                    "Send a clone of each listener into every arm, with the same draws: fewer sessions for the same "
                            + "precision.")
    private boolean paired;

    @Option(
            names = "--oracle",
            description = "Also print percent of oracle and regret; cuts sessions at " + ORACLE_PLAYBACKS
                    + " playbacks unless --max-playbacks is given.")
    private boolean oracle;

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "20000", description = "How many sessions.")
    private long sessions;

    @Option(
            names = "--max-playbacks",
            paramLabel = "N",
            description = "Cut sessions after N playbacks, the first one included.")
    private @Nullable Integer maxPlaybacks;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of all draws.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Write the events to a new file, gzipped if its name ends with .gz.")
    private @Nullable Path log;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            defaultValue = "2026-01-01T00:00:00Z",
            description =
                    "Virtual time of the first session; the others are spread over the 24 hours after it, or over "
                            + "more, so that a listener has at most one an hour on average.")
    private Instant start;

    @Option(names = "--format", defaultValue = "TEXT", description = "Of the table: ${COMPLETION-CANDIDATES}.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkArguments();
        var simulated = SimulatedWorld.load(world);
        ListenerModel model = simulated.model(rules());
        return url == null ? simulateInProcess(simulated, model) : simulateOverHttp(url, simulated, model);
    }

    private int simulateInProcess(SimulatedWorld simulated, ListenerModel model) {
        var visits = RandomVisits.hourlyAtMost(seed, simulated.listeners().size(), sessions, start);
        try (var interruption = new Interruption();
                EventFileWriter file = log == null ? null : EventFileWriter.create(log);
                var simulation = new InProcessSimulation(
                        model,
                        simulated.listeners(),
                        arms(),
                        paired,
                        oracle ? new Oracle(model) : null,
                        seed,
                        threads,
                        file)) {
            long begun = System.nanoTime();
            long played = play(simulation, visits, interruption);
            double seconds = (System.nanoTime() - begun) / 1e9;
            report(simulation, played, seconds);
        }
        return 0;
    }

    private int simulateOverHttp(URI server, SimulatedWorld simulated, ListenerModel model) {
        var options = new LoadOptions(sessions, warmUp, concurrency, rate == null ? 0 : rate, seed);
        PrintWriter out = spec.commandLine().getOut();
        try (var interruption = new Interruption()) {
            ServerLoad load;
            LoadResult result;
            try (var progress = new Progress("simulate", sessions, " sessions")) {
                load = new ServerLoad(
                        server,
                        Duration.ofMillis(timeoutMillis),
                        model,
                        simulated.listeners(),
                        options,
                        interruption,
                        progress);
                result = load.run();
            }
            load.print(result, oracle ? new Oracle(model) : null, format, out);
            return result.requests().failed() == 0 ? 0 : 1;
        }
    }

    /** Requests a second, as in 5000/s. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double value = Double.parseDouble(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
                if (value > 0 && value <= 1e9) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("'" + text + "' is no number of requests a second");
        }
    }

    private long play(InProcessSimulation simulation, RandomVisits visits, Interruption interruption) {
        long played = 0;
        try (var progress = new Progress("simulate", sessions, " sessions")) {
            while (played < sessions && !interruption.getAsBoolean()) {
                long next = Math.min(sessions, played + BATCH);
                simulation.play(visits.range(played, next), visits.millis(next));
                played = next;
                progress.accept(played);
            }
        }
        return played;
    }

    private void report(InProcessSimulation simulation, long played, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        SimulationTable.print(simulation.results(), format, out);
        spec.commandLine()
                .getErr()
                .printf(
                        "%,d of %,d sessions in %.1f s, %,.0f sessions/s on %d threads%n",
                        played, sessions, seconds, played / seconds, threads);
    }

    private InProcessArms arms() {
        if (config != null) {
            Configuration loaded = Configuration.load(config, System.getenv(), Map.of());
            return paired ? InProcessArms.pairedOfConfiguration(loaded) : InProcessArms.ofConfiguration(loaded);
        }
        List<String> names = policies == null ? List.of("random", "sticky-artist", "top-pop") : policies;
        return InProcessArms.ofPolicies(names.stream().map(Policy::parse).toList(), world, split, seed);
    }

    private SessionRules rules() {
        int cut = maxPlaybacks != null ? maxPlaybacks : oracle ? ORACLE_PLAYBACKS : 0;
        return SessionRules.REFERENCE.cutAt(cut);
    }

    private void checkArguments() {
        if ((config == null ? 0 : 1) + (policies == null ? 0 : 1) + (url == null ? 0 : 1) > 1) {
            throw wrong("--policy, --config and --url exclude each other; name one kind of recommenders");
        }
        if (url != null && (paired || log != null)) {
            throw wrong("--paired and --log are for simulations in process; a server has a log of its own");
        }
        if (warmUp < 0 || concurrency < 1 || timeoutMillis < 1) {
            throw wrong("--warm-up must be 0 or more, --concurrency and --timeout-ms 1 or more");
        }
        if (paired && log != null) {
            throw wrong("--paired writes no log, since its clones are no listeners; leave out --log");
        }
        if (sessions < 1 || threads < 1) {
            throw wrong("--sessions and --threads must be 1 or more");
        }
        if (maxPlaybacks != null && maxPlaybacks < 2) {
            throw wrong("--max-playbacks must be 2 or more");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
