package dev.segue.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@code segue serve}.
 *
 * @param file the configuration file
 * @param flags the settings that options give, by their keys
 */
record ServeArguments(Path file, Map<String, String> flags) {

    /**
     * Reads arguments in their usual form: {@code serve}, then options of {@link ConfigurationOptions}, each at most once except
     * {@code --set}, and each followed by its value. Picocli alone takes a quarter of a start's processor time, and its classes are too old
     * for the caches of {@code bin/segue}.
     *
     * @return empty if the arguments have another form, which picocli must read
     */
    static Optional<ServeArguments> ofUsualForm(String[] arguments, Map<String, String> environment) {
        if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            boolean isUsual = isPlain(value)
                    && switch (arguments[i]) {
                        case "--config", "--host", "--port" -> options.put(arguments[i], value) == null;
                        case "--set" -> addSetting(settings, value);
                        default -> false;
                    };
            if (!isUsual) {
                return Optional.empty();
            }
        }
        String file = options.getOrDefault("--config", environment.getOrDefault("SEGUE_CONFIG", "config.json"));
        options.forEach((option, value) -> {
            if (!option.equals("--config")) {
                settings.put("server." + option.substring(2), value);
            }
        });
        return Optional.of(new ServeArguments(Path.of(file), settings));
    }

    /** Whether picocli would take a value as it is. */
    private static boolean isPlain(String value) {
        return !value.isBlank() && "-@\"'".indexOf(value.charAt(0)) < 0;
    }

    private static boolean addSetting(Map<String, String> settings, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0 || !isPlain(assignment.substring(equals + 1))) {
            return false;
        }
        return settings.put(assignment.substring(0, equals), assignment.substring(equals + 1)) == null;
    }
}
