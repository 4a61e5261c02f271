package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.service.NextTrackQuery;
import dev.segue.simulation.load.RemoteServer;
import dev.segue.simulation.replay.ArmAgreement;
import dev.segue.simulation.replay.HttpReplay;
import dev.segue.simulation.replay.InProcessReplay;
import dev.segue.simulation.replay.Replay;
import dev.segue.simulation.replay.ReplayOptions;
import dev.segue.simulation.replay.ReplayResult;
import dev.segue.simulation.replay.ReplayTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code segue replay}: replays recorded sessions. */
@Command(
        name = "replay",
        description = "Replay recorded sessions, and compare the recommendations with the recorded playbacks.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "Logs of several servers are merged by timestamp; ties are broken by the order of the files. Figures:",
            "  recorded continuity  share of events whose next track is the recorded recommendation",
            "  continuity           share of events whose next track is the first of the replay's list",
            "  hit rate             share of events whose next track is in the replay's list of --k tracks",
            "  MRR                  mean of 1/rank of the next track in that list, 0 if it is not in the list",
            "  arms                 number of listeners who are assigned to the recorded arm",
            "In CSV, an empty line separates the replay's table from that of the arms. Ctrl-C ends the replay and prints the",
            "figures so far; so does a line that is not an event. The exit code is 1 if any request failed, including",
            "requests for arms."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private LogOption log;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "A server, such as http://localhost:5000. Default: the recommenders of --config in this process, "
                            + "without a log.")
    private @Nullable URI url;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config.json",
            description = "In this process: the configuration to serve.")
    private Path config;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "max",
            converter = Speed.class,
            description = "1 for the original timing, 60 for an hour in a minute, max for no pauses.")
    private double speed;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "50",
            description = "Length of the requested lists; 1 for servers without /next_track.")
    private int ranks;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Number of connections; all requests of a listener use the same one. Default: 16, or in this "
                    + "process the number of processors.")
    private @Nullable Integer concurrency;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after N events.")
    private @Nullable Long limit;

    @Option(
            names = "--timeout-ms",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "Over HTTP: timeout of a response.")
    private int timeoutMillis;

    @Option(names = "--format", defaultValue = "TEXT", description = "Format of the figures: ${COMPLETION-CANDIDATES}.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ReplayOptions options = options();
        return Interruption.during(spec.commandLine(), interruption -> replay(options, interruption));
    }

    private int replay(ReplayOptions options, BooleanSupplier interruption) {
        try (ReplayTarget target = target(interruption)) {
            ReplayResult result = log.read(
                    "replay",
                    (events, progress) -> new Replay(events, target::connect, options, interruption, progress).run());
            List<ArmAgreement> arms = ArmAgreement.of(result.assignments(), target, interruption);
            ReplayTable.print(result, arms, format, spec.commandLine().getOut());
            if (format != OutputFormat.TEXT) {
                RequestTable.printFailures(result.requests(), spec.commandLine().getErr());
            }
            if (result.unreadable() != null) {
                throw result.unreadable();
            }
            boolean complete = arms.stream().allMatch(arm -> arm.failure() == null);
            return result.requests().failed() == 0 && complete ? 0 : 1;
        }
    }

    private ReplayTarget target(BooleanSupplier interruption) {
        return url == null
                ? new InProcessReplay(Configuration.load(config, System.getenv(), Map.of()), ranks)
                : new HttpReplay(new RemoteServer(url, Duration.ofMillis(timeoutMillis), interruption), ranks);
    }

    private ReplayOptions options() {
        int connections = concurrency != null
                ? concurrency
                : url != null ? 16 : Runtime.getRuntime().availableProcessors();
        if (connections < 1 || timeoutMillis < 1 || (limit != null && limit < 1)) {
            throw wrong("--concurrency, --timeout-ms and --limit must be 1 or more");
        }
        if (ranks < 1 || ranks > NextTrackQuery.MAX_COUNT) {
            throw wrong("--k must be 1 to " + NextTrackQuery.MAX_COUNT);
        }
        return new ReplayOptions(connections, speed, limit == null ? Long.MAX_VALUE : limit, sessionTimeout.rule());
    }

    private ParameterException wrong(String message) {
        return Options.error(spec, message);
    }

    /** Parses a multiple of the recorded speed; 0 for max. */
    static final class Speed implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (text.equals("max")) {
                return 0.0;
            }
            try {
                double value = Double.parseDouble(text);
                if (value > 0 && value <= 1e9) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            throw new TypeConversionException("'" + text + "' is neither a multiple of the recorded speed nor max");
        }
    }
}
