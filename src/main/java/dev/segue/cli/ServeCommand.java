package dev.segue.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
        return Serving.serve(
                new ServeArguments(configuration.file(), configuration.flags()),
                spec.commandLine().getOut());
    }
}
