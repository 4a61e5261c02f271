package dev.segue.cli;

import dev.segue.config.ConfigurationException;
import dev.segue.evaluation.EvaluationException;
import dev.segue.event.EventLogException;
import dev.segue.file.FileException;
import dev.segue.health.HealthException;
import dev.segue.http.StartException;
import dev.segue.importing.ImportException;
import dev.segue.offpolicy.OffPolicyException;
import dev.segue.platform.Build;
import dev.segue.platform.FailureReason;
import dev.segue.platform.OutOfMemory;
import dev.segue.report.reading.ReportException;
import dev.segue.simulation.NextTrackException;
import dev.segue.state.StateException;
import dev.segue.training.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Exceptions with messages for users, which are printed without a stack trace. */
    private static final List<Class<? extends RuntimeException>> KNOWN_FAILURES = List.of(
            FileException.class,
            ConfigurationException.class,
            EventLogException.class,
            StateException.class,
            StartException.class,
            NextTrackException.class,
            TrainingException.class,
            EvaluationException.class,
            OffPolicyException.class,
            HealthException.class,
            ReportException.class,
            ImportException.class,
            IllegalArgumentException.class);

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
        String name = command.getCommandSpec().qualifiedName();
        if (KNOWN_FAILURES.stream().anyMatch(failure -> failure.isInstance(e))) {
            command.getErr().println(name + ": " + e.getMessage());
        } else if (e instanceof IOException failure) {
            command.getErr().println(name + ": " + FailureReason.of(failure));
        } else if (e.getCause() instanceof IOException failure && e instanceof UncheckedIOException) {
            command.getErr().println(name + ": " + FailureReason.of(failure));
        } else {
            throw e;
        }
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
        CommandLine line = commandLine(commands(arguments)).setOut(output.writer());
        return output.end(execute(line, arguments), line.getErr());
    }

    private static int execute(CommandLine line, String[] arguments) {
        try {
            return line.execute(arguments);
        } catch (Error e) {
            if (OutOfMemory.printIfOutOfMemory(e)) {
                return OutOfMemory.EXIT_CODE;
            }
            String missing = MissingLibrary.problem(e).orElseThrow(() -> e);
            line.getErr().println("segue " + arguments[0] + ": " + missing);
            return CommandLine.ExitCode.SOFTWARE;
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
