package dev.segue.cli;

import dev.segue.event.SessionRule;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of an off-policy evaluation: the logs and the policies to evaluate. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OffPolicyOption extends NamedLogs {

    /** The options that need {@code --log}. */
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
            description = "Use only sessions in this arm of any experiment. Default: all sessions.")
    @Nullable
    String arm;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of a session's first recommendations in the estimates for sessions; "
                    + "default: ${DEFAULT-VALUE}.")
    int horizon;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    /** Whether {@code --log} was given. */
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
