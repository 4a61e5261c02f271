package dev.segue.cli;

import dev.segue.platform.OutOfMemory;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * The program. It loads none of picocli's classes for {@code serve} with its usual arguments, since no start cache holds them and their loading
 * takes a twentieth of a start. The exit codes are constants, which the compiler copies.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        OutOfMemory.enable();
        Optional<String> mistake = LogVariables.mistake(System.getenv());
        if (mistake.isPresent()) {
            System.err.println("segue: " + mistake.get());
            System.exit(ExitCode.USAGE);
        }
        System.exit(execute(arguments, new StandardOutput()));
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
        return Picocli.execute(arguments, output);
    }

    /** A class of its own, so that its verification does not load picocli's classes unless they are needed. */
    private static final class Picocli {
        static int execute(String[] arguments, StandardOutput output) {
            var line = Segue.commandLine(arguments).setOut(output.writer());
            return output.end(Segue.execute(line, arguments), line.getErr());
        }
    }
}
