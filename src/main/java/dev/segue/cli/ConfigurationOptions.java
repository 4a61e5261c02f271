package dev.segue.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that use all settings of a server. */
final class ConfigurationOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; default: $SEGUE_CONFIG, or config.json in the working directory.")
    private @Nullable Path config;

    @Option(names = "--host", description = "Address to listen on; sets server.host.")
    private @Nullable String host;

    @Option(names = "--port", description = "Port to listen on; sets server.port. 0 for any free port.")
    private @Nullable String port;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "Any setting, such as --set DATA_LOG_FILE=/var/log/segue/data.json or --set seed=7.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The configuration file. */
    Path file() {
        return config != null ? config : Path.of(System.getenv().getOrDefault("SEGUE_CONFIG", "config.json"));
    }

    /** The settings that options give, by their keys. */
    Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>(settings);
        if (host != null) {
            flags.put("server.host", host);
        }
        if (port != null) {
            flags.put("server.port", port);
        }
        return flags;
    }
}
