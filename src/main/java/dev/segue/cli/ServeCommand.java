package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.http.SegueServer;
import dev.segue.platform.ProcessSignal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue serve}: runs the server until it is stopped. */
@Command(
        name = "serve",
        description = "Serve recommendations over HTTP until stopped (Ctrl-C or SIGTERM). SIGHUP reloads the catalogs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "All settings of the file except recommenders and experiments can also be set by environment variables",
            "(SEGUE_SERVER_PORT, SEGUE_DATA_LOG_FILE, …) or by --set. Options override the environment, which overrides the file."
        })
final class ServeCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConfigurationOptions configuration;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        SegueServer.prepare();
        SegueServer server =
                SegueServer.start(Configuration.load(configuration.file(), System.getenv(), configuration.flags()));
        server.reloadOnHangup();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "segue-stop"));
        // Without a handler, the exit code would be that of a failure. The hook waits for the handler's call.
        var unused = ProcessSignal.handle("TERM", server::close, "a stop ends with the exit code of Java");
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
