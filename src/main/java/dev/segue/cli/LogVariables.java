package dev.segue.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables that {@code logback.xml} reads. Logback would drop all messages, or print all, for a value that it does not know. */
final class LogVariables {

    private static final Map<String, List<String>> VALUES = Map.of(
            "SEGUE_LOG_FORMAT", List.of("text", "json"),
            "SEGUE_LOG_LEVEL", List.of("error", "warn", "info", "debug"));

    private LogVariables() {}

    /** The mistake in one of the variables, with the remedy; empty if there is none. */
    static Optional<String> mistake(Map<String, String> environment) {
        return VALUES.entrySet().stream()
                .filter(variable -> environment.containsKey(variable.getKey())
                        && !variable.getValue().contains(environment.get(variable.getKey())))
                .map(variable -> variable.getKey() + ": \"" + environment.get(variable.getKey())
                        + "\" is unknown; set it to one of " + String.join(", ", variable.getValue())
                        + ", or remove it")
                .sorted()
                .findFirst();
    }
}
