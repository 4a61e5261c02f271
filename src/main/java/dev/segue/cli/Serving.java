package dev.segue.cli;

import dev.segue.config.Configuration;
import dev.segue.http.SegueServer;
import dev.segue.http.StartPreparation;
import dev.segue.platform.OutOfMemory;
import dev.segue.platform.ProcessSignal;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** Runs the server until it is stopped. */
final class Serving {

    private Serving() {}

    /**
     * Runs the server, and prints its addresses or the reason of a failed start.
     *
     * @return the exit code
     */
    static int run(ServeArguments arguments, PrintWriter output, PrintWriter errors) {
        OutOfMemory.addHistogram();
        try {
            return serve(arguments, output);
        } catch (Exception e) {
            if (OutOfMemory.printIfOutOfMemory(e)) {
                return OutOfMemory.EXIT_CODE;
            }
            Optional<String> message = Failures.message(e);
            message.ifPresentOrElse(known -> errors.println("segue serve: " + known), () -> e.printStackTrace(errors));
            return ExitCode.SOFTWARE;
        } catch (Error e) {
            return Failures.end(e, "serve", errors);
        }
    }

    /** Starts the server. */
    static SegueServer start(ServeArguments arguments) {
        StartPreparation.begin();
        return SegueServer.start(Configuration.load(arguments.file(), System.getenv(), arguments.flags()));
    }

    static int serve(ServeArguments arguments, PrintWriter output) throws InterruptedException {
        SegueServer server = start(arguments);
        server.reloadOnHangup();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "segue-stop"));
        // Without a handler, the exit code would be that of a failure. The hook waits for the handler's call.
        var unused = ProcessSignal.handle("TERM", server::close, "a stop ends with the exit code of Java");
        output.println("Segue listens at " + server.uri() + " (try " + server.uri() + "next_track?user=1)");
        output.println("The dashboard is at " + server.adminUri() + "dashboard");
        if (!server.adminUri().equals(server.uri())) {
            output.println("Administration and metrics are at " + server.adminUri());
        }
        server.healthPort().ifPresent(port -> output.println("Health and metrics are also on port " + port));
        if (output.checkError()) {
            return ExitCode.OK; // StandardOutput reports the lost output, and sets the process's exit code
        }
        server.join();
        return ExitCode.OK;
    }
}
