package dev.segue.cli;

import dev.segue.event.SessionRule;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of an off-policy evaluation: what was logged, and which policies are evaluated. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OffPolicyOption extends NamedLogs {

    /** Options that need {@code --log}. */
    static final List<String> OF_LOGS =
            List.of("--config", "--arm", "--horizon", "--session-timeout", "--skip-bad-lines", "--timestamps");

    @Option(names = "--log", arity = "1..*", paramLabel = "LOG", description = "Off-policy evaluation. " + NAMES)
    private @Nullable List<String> logs;

    @Option(
            names = "--open-bandit",
            paramLabel = "PATH",
            description =
                    "Off-policy evaluation of logged decisions in the format of the Open Bandit data: a folder with "
                            + "one .csv file beside item_context.csv, or the file.")
    @Nullable
    Path openBandit;

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "NAME",
            description =
                    "The policies to evaluate. With --log: recommenders of --config. With --open-bandit: random, or "
                            + "files with the columns item_id, position, probability.")
    List<String> policies = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config.json",
            description = "The configuration that defines the recommenders; default: ${DEFAULT-VALUE}.")
    Path config;

    @Option(
            names = "--arm",
            paramLabel = "NAME",
            description = "Take only sessions that are in this arm of any experiment. Default: all.")
    @Nullable
    String arm;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many of a session's recommendations the estimates for sessions cover; "
                    + "default: ${DEFAULT-VALUE}.")
    int horizon;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    /** Whether a log was named. */
    boolean hasLogs() {
        return logs != null;
    }

    @Override
    List<String> names() {
        return logs == null ? List.of() : logs;
    }

    SessionRule sessionRule() {
        return sessionTimeout.rule();
    }
}
