package dev.segue.cli;

import dev.segue.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code --log}: the event logs of a command; by default, the logs that a configuration names. */
final class ConfiguredLogOption extends NamedLogs {

    @Option(
            names = "--log",
            arity = "1..*",
            paramLabel = "LOG",
            description = NAMES + " Default: the logs of past sessions in the configuration, and DATA_LOG_FILE.")
    private List<String> logs = List.of();

    private List<String> configured = List.of();

    /** Sets the default: those logs of a configuration that exist. */
    void useDefault(Configuration configuration) {
        Set<Path> files = new LinkedHashSet<>();
        configuration
                .recommenders()
                .values()
                .forEach(settings -> settings.scoring().sessions().ifPresent(files::add));
        files.add(configuration.dataLogFile());
        configured = files.stream().filter(Files::exists).map(Path::toString).toList();
    }

    @Override
    List<String> names() {
        return logs.isEmpty() ? configured : logs;
    }
}
