package dev.segue.cli;

import dev.segue.platform.Build;
import dev.segue.platform.OutOfMemory;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the program, by picocli; {@link Main} runs them. */
@Command(
        name = "segue",
        description = "A next-track recommendation server, with tools for training, simulation and experiments.",
        mixinStandardHelpOptions = true,
        versionProvider = Segue.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Segue implements Runnable {

    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            CheckConfigCommand.class,
            PrepareStartCommand.class,
            SimulateCommand.class,
            ReplayCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            NeighboursCommand.class,
            ContentNeighboursCommand.class,
            ListenerListsCommand.class,
            TopTracksCommand.class,
            RecommendCommand.class,
            ReportCommand.class,
            HealthCommand.class,
            LearnCommand.class,
            PowerCommand.class,
            WorldCommand.class,
            ImportCommand.class,
            ForgetCommand.class,
            AssignmentsCommand.class);

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a command; segue help lists them");
    }

    /**
     * The command line, ready to execute. Exit codes: 0 for success, 1 for a failure, 2 for an invalid argument, 3 for
     * exhausted memory. Failures print one line on standard error; only bugs in Segue print a stack trace.
     */
    public static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        var line = new CommandLine(new Segue());
        commands.forEach(line::addSubcommand);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        line.addSubcommand(new CommandLine.HelpCommand());
        var completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(true);
        line.addSubcommand(completion);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new WrongArguments())
                .setExecutionExceptionHandler(Segue::printFailure);
    }

    private static int printFailure(Exception e, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        if (OutOfMemory.printIfOutOfMemory(e)) {
            return OutOfMemory.EXIT_CODE;
        }
        Optional<String> message = Failures.message(e);
        if (message.isEmpty()) {
            throw e;
        }
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message.get());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The named command alone, since loading all takes a tenth of a second; all commands if none is named. */
    private static List<Class<?>> commands(String[] arguments) {
        return COMMANDS.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    /** The command line of these arguments, ready to execute. */
    static CommandLine commandLine(String[] arguments) {
        return commandLine(commands(arguments));
    }

    /**
     * Executes a command line.
     *
     * @return the exit code
     */
    static int execute(CommandLine line, String[] arguments) {
        try {
            return line.execute(arguments);
        } catch (Error e) {
            return Failures.end(e, arguments[0], line.getErr());
        }
    }

    /** The version and revision of this build, and Java's version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "segue " + Build.current(),
                "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
