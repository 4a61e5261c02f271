package dev.segue.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** {@code --log}: the event logs of a command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LogOption extends NamedLogs {

    @Option(names = "--log", required = true, arity = "1..*", paramLabel = "LOG", description = NAMES)
    private List<String> logs;

    @Override
    List<String> names() {
        return logs;
    }
}
