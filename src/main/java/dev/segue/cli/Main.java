package dev.segue.cli;

import dev.segue.platform.OutOfMemory;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The program. It does not mention picocli's classes, which no start cache holds and whose loading takes a twentieth of a start: {@code
 * serve} with its usual arguments needs none of them.
 */
public final class Main {

    /** picocli's exit code for invalid arguments. */
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        OutOfMemory.enable();
        Optional<String> mistake = LogVariables.mistake(System.getenv());
        if (mistake.isPresent()) {
            System.err.println("segue: " + mistake.get());
            System.exit(USAGE);
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
