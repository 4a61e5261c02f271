package dev.segue.cli;

import dev.segue.platform.Build;
import dev.segue.platform.OutOfMemory;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program, with its subcommands. */
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

    public static void main(String[] arguments) {
        OutOfMemory.enable();
        Optional<String> mistake = LogVariables.mistake(System.getenv());
        if (mistake.isPresent()) {
            System.err.println("segue: " + mistake.get());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(execute(arguments, new StandardOutput()));
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

    /**
     * Runs a command line.
     *
     * @return the exit code, not 0 if output was lost
     */
    static int execute(String[] arguments, StandardOutput output) {
        Optional<ServeArguments> serve = ServeArguments.ofUsualForm(arguments, System.getenv());
        if (serve.isPresent()) {
            var errors = new PrintWriter(System.err, true, Charset.defaultCharset());
            return output.end(Serving.run(serve.get(), output.writer(), errors), errors);
        }
        CommandLine line = commandLine(commands(arguments)).setOut(output.writer());
        return output.end(execute(line, arguments), line.getErr());
    }

    private static int execute(CommandLine line, String[] arguments) {
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
