package dev.segue.cli;

import dev.segue.event.SessionRule;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --session-timeout}: the duration without events that ends a session, for all commands that read sessions. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SessionTimeoutOption {

    private static final long MINUTE_MILLIS = 60_000;

    @Option(
            names = "--session-timeout",
            paramLabel = "MINUTES",
            defaultValue = "30",
            description =
                    "Duration without events that ends a session, like the server's history.session_timeout_minutes.")
    private int minutes;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /** The timeout in ms. */
    long millis() {
        if (minutes < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--session-timeout must be 1 minute or more, not " + minutes);
        }
        return minutes * MINUTE_MILLIS;
    }

    /** The rule by which sessions end. */
    SessionRule rule() {
        return new SessionRule(millis(), false);
    }
}
