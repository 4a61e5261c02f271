package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.http.SegueServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue serve}: runs the server until it is stopped. */
@Command(
        name = "serve",
        description = "Serve recommendations over HTTP until stopped (Ctrl-C or SIGTERM).",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "All settings of the file except recommenders and experiments can also be set by environment variables",
            "(SEGUE_SERVER_PORT, SEGUE_DATA_LOG_FILE, …) or by --set. Options override the environment, which overrides the file."
        })
final class ServeCommand implements Callable<Integer> {

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

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        SegueServer.prepare();
        Map<String, String> environment = System.getenv();
        Map<String, String> flags = new LinkedHashMap<>(settings);
        if (host != null) {
            flags.put("server.host", host);
        }
        if (port != null) {
            flags.put("server.port", port);
        }
        Path file = config != null ? config : Path.of(environment.getOrDefault("SEGUE_CONFIG", "config.json"));
        SegueServer server = SegueServer.start(Configuration.load(file, environment, flags));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "segue-stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Segue listens at " + server.uri() + " (try " + server.uri() + "next_track?user=1)");
        out.println("The dashboard is at " + server.adminUri() + "dashboard");
        if (!server.adminUri().equals(server.uri())) {
            out.println("Administration and metrics are at " + server.adminUri());
        }
        server.healthPort().ifPresent(port -> out.println("Health and metrics are also on port " + port));
        if (out.checkError()) {
            return ExitCode.OK; // StandardOutput reports the lost output, and sets the process's exit code
        }
        server.join();
        return 0;
    }
}
