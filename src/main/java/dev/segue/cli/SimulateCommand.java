package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.event.EventLogException;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.SimulatedWorld;
import dev.segue.simulation.days.SimulatedDays;
import dev.segue.simulation.inprocess.InProcessArms;
import dev.segue.simulation.inprocess.InProcessPlayer;
import dev.segue.simulation.load.LoadOptions;
import dev.segue.simulation.load.LoadResult;
import dev.segue.simulation.load.RemoteServer;
import dev.segue.simulation.load.ServerPlayer;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue simulate}: simulates listeners who play recommended tracks. */
@Command(
        name = "simulate",
        description =
                "Simulate a world's listeners with recommenders in this process in virtual time, or with a server over HTTP.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "In process, the same seed gives the same log, byte for byte, for any number of threads. The table shows means",
            "over listeners of each listener's mean over sessions, with standard errors. Ctrl-C ends the simulation and prints",
            "the figures so far. In CSV, an empty line separates tables: with --days the days come first, with --url the load",
            "comes last. Over HTTP, latencies are those of successful requests; failed ones are counted separately. The exit",
            "code is 1 if any request failed, or the server did not return the listeners' arms after the load."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SimulateCommand implements Callable<Integer> {

    @Option(
            names = "--world",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder with tracks.json, users.json and tracks.npy, as segue world writes them.")
    private Path world;

    @Mixin
    private PolicyOptions policy;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Instead of --policy: the recommenders and the serving experiment of a server's configuration.")
    private @Nullable Path config;

    @Mixin
    private HttpLoadOption http;

    @Mixin
    private DaysOption days;

    @Option(
            names = "--paired",
            description =
                    "Play a clone of each listener in every arm, with the same draws; needs fewer sessions for the same "
                            + "precision.")
    private boolean paired;

    @Option(
            names = "--oracle",
            description = "Also print percent of oracle and regret. Cuts sessions at " + VisitsOption.ORACLE_PLAYBACKS
                    + " playbacks unless --max-playbacks is given.")
    private boolean oracle;

    @Mixin
    private VisitsOption visits;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of all draws.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Write the events to a new file, gzipped if its name ends with .gz.")
    private @Nullable Path log;

    @Option(names = "--format", defaultValue = "TEXT", description = "Format of the table: ${COMPLETION-CANDIDATES}.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        checkArguments();
        return Interruption.during(spec.commandLine(), this::simulate);
    }

    private int simulate(BooleanSupplier interruption) {
        var simulated = SimulatedWorld.load(world);
        ListenerModel model = simulated.model(visits.rules(oracle));
        try (var progress = days.days() > 0
                ? new Progress("simulate", days.days(), " days")
                : new Progress("simulate", visits.sessions(), " sessions")) {
            URI url = http.url();
            return url == null
                    ? simulateInProcess(simulated, model, interruption, progress)
                    : simulateOverHttp(url, simulated, model, interruption, progress);
        }
    }

    private int simulateInProcess(
            SimulatedWorld simulated, ListenerModel model, BooleanSupplier interruption, Progress progress) {
        InProcessArms arms = arms();
        simulated.requireTracks(arms.tracks());
        try (var player =
                new InProcessPlayer(simulated, model, arms, paired, oracle, seed, threads, log, interruption)) {
            long startNanos = System.nanoTime();
            SimulatedDays played = null;
            EventLogException failure = null;
            if (days.days() > 0) {
                played = playDays(simulated, player, interruption, progress);
            } else {
                int listeners = simulated.listeners().size();
                failure = playVisits(player, visits.inVirtualTime(seed, listeners), progress);
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            progress.close();
            print(played, player.results(), null);
            printSpeed(player.sessions(), seconds);
            if (played != null) {
                played.rethrow();
            }
            if (failure != null) {
                throw failure;
            }
        }
        return 0;
    }

    /** Plays visits; returns the log error that ended the simulation early, or null. */
    private static @Nullable EventLogException playVisits(
            InProcessPlayer player, RandomVisits visits, Progress progress) {
        try {
            player.play(visits, progress);
            return null;
        } catch (EventLogException unwritable) {
            return unwritable;
        }
    }

    private int simulateOverHttp(
            URI url, SimulatedWorld simulated, ListenerModel model, BooleanSupplier interruption, Progress progress) {
        var options = new LoadOptions(visits.sessions(), http.warmUp(), http.concurrency(), http.rate(), seed);
        LongConsumer sessionsEnded = days.days() > 0 ? ended -> {} : progress;
        var server = new RemoteServer(url, http.timeout(), interruption);
        var load = new ServerPlayer(
                server, model, oracle ? new Oracle(model) : null, simulated.listeners(), options, sessionsEnded);
        SimulatedDays played = null;
        if (days.days() > 0) {
            played = playDays(simulated, load, interruption, progress);
        } else {
            load.run();
        }
        progress.close();
        LoadResult result = load.result();
        print(played, load.arms(), result);
        if (format != OutputFormat.TEXT) {
            RequestTable.printFailures(result.requests(), spec.commandLine().getErr());
        }
        String unknownArmsReason = load.unknownArmsReason();
        if (unknownArmsReason != null) {
            spec.commandLine().getErr().println("the server did not return all listeners' arms: " + unknownArmsReason);
        }
        if (played != null) {
            played.rethrow();
        }
        return result.requests().failed() == 0 && unknownArmsReason == null ? 0 : 1;
    }

    private SimulatedDays playDays(
            SimulatedWorld simulated, SimulatedDays.Player player, BooleanSupplier interruption, Progress progress) {
        var played = new SimulatedDays(days.plan(simulated, visits.start(), seed), simulated, visits.rules(oracle));
        played.play(player, interruption, progress, spec.commandLine().getErr());
        return played;
    }

    private void print(@Nullable SimulatedDays played, List<ArmResult> arms, @Nullable LoadResult load) {
        PrintWriter out = spec.commandLine().getOut();
        SimulationTable.print(played == null ? List.of() : played.results(), arms, load, format, out);
    }

    private void printSpeed(long played, double seconds) {
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%,d%s sessions in %.1f s, %,.0f sessions/s on %d threads%n",
                        played,
                        days.days() > 0 ? "" : String.format(Locale.ROOT, " of %,d", visits.sessions()),
                        seconds,
                        played / seconds,
                        threads);
    }

    private InProcessArms arms() {
        if (config != null) {
            Configuration loaded = Configuration.load(config, System.getenv(), Map.of());
            return paired ? InProcessArms.pairedOfConfiguration(loaded) : InProcessArms.ofConfiguration(loaded);
        }
        return policy.arms(world, seed);
    }

    private void checkArguments() {
        if (threads < 1) {
            throw wrong("--threads must be 1 or more");
        }
        boolean served = http.url() != null;
        if ((config == null ? 0 : 1) + (policy.isGiven() ? 1 : 0) + (served ? 1 : 0) > 1) {
            throw wrong("--policy, --config and --url exclude each other; give one of them");
        }
        if (served && (paired || log != null)) {
            throw wrong("--paired and --log are for simulations in process; a server writes its own log");
        }
        if (paired && (log != null || days.days() > 0)) {
            throw wrong(
                    "--paired plays clones of listeners, which are not logged and do not return; leave out --log and --days");
        }
        boolean overDays = Options.isGiven("--days", spec);
        refuse(config != null || served, List.of("--rules"), "is for --policy; a configuration has rules of its own");
        refuse(!served, HttpLoadOption.DEPENDENT, "needs --url");
        refuse(served, List.of("--threads"), "is for simulations in process; --concurrency is for servers");
        refuse(!overDays, DaysOption.DEPENDENT, "needs --days");
        refuse(overDays, List.of("--sessions"), "and --days exclude each other");
        refuse(
                config != null || served || paired,
                List.of("--split"),
                "is for --policy without --paired; leave it out");
        Stream.of(http.problem(), days.problem(), visits.problem())
                .filter(Objects::nonNull)
                .forEach(problem -> {
                    throw wrong(problem);
                });
    }

    private void refuse(boolean ignored, List<String> options, String reason) {
        Options.refuse(ignored, options, reason, spec);
    }

    private ParameterException wrong(String message) {
        return Options.error(spec, message);
    }
}
