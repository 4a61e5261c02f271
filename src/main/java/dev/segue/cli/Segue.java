package dev.segue.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one subcommand for each thing Segue does. */
@Command(
        name = "segue",
        description = "A next-track recommendation server: what should this listener hear next?",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {})
public final class Segue implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Segue()).execute(arguments));
    }
}
