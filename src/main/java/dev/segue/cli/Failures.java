package dev.segue.cli;

import dev.segue.config.ConfigurationException;
import dev.segue.evaluation.EvaluationException;
import dev.segue.event.EventLogException;
import dev.segue.file.FileException;
import dev.segue.health.HealthException;
import dev.segue.http.StartException;
import dev.segue.importing.ImportException;
import dev.segue.offpolicy.OffPolicyException;
import dev.segue.platform.FailureReason;
import dev.segue.platform.OutOfMemory;
import dev.segue.report.reading.ReportException;
import dev.segue.simulation.NextTrackException;
import dev.segue.state.StateException;
import dev.segue.training.TrainingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** The messages of commands that fail. */
final class Failures {

    /** Exceptions with messages for users, which are printed without a stack trace. */
    private static final List<Class<? extends RuntimeException>> KNOWN = List.of(
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

    private Failures() {}

    /** The message for users; empty for a bug in Segue. */
    static Optional<String> message(Exception e) {
        if (KNOWN.stream().anyMatch(failure -> failure.isInstance(e))) {
            return Optional.ofNullable(e.getMessage());
        }
        if (e instanceof IOException failure) {
            return Optional.of(FailureReason.of(failure));
        }
        if (e.getCause() instanceof IOException failure && e instanceof UncheckedIOException) {
            return Optional.of(FailureReason.of(failure));
        }
        return Optional.empty();
    }

    /**
     * Prints that the memory is exhausted or a library is missing; throws other errors.
     *
     * @return the exit code
     */
    static int end(Error e, String command, PrintWriter errors) {
        if (OutOfMemory.printIfOutOfMemory(e)) {
            return OutOfMemory.EXIT_CODE;
        }
        String missing = MissingLibrary.problem(e).orElseThrow(() -> e);
        errors.println("segue " + command + ": " + missing);
        return ExitCode.SOFTWARE;
    }
}
