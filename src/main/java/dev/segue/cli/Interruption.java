package dev.segue.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Detects Ctrl-C (or SIGTERM) during a long command: true from then on. Delays the end of the process until the command has
 * printed its results so far, for at most 30 seconds.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForCommand, "segue-interruption");
    private volatile boolean interrupted;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Runs a command's task, and prints a failure before the process ends.
     *
     * @param task receives the interruption and returns the exit code
     */
    static int during(CommandLine command, ToIntFunction<BooleanSupplier> task) throws Exception {
        try (var interruption = new Interruption()) {
            try {
                return task.applyAsInt(interruption);
            } catch (ParameterException e) {
                throw e; // printed by another handler
            } catch (RuntimeException e) {
                return command.getExecutionExceptionHandler()
                        .handleExecutionException(e, command, command.getParseResult());
            }
        }
    }

    private void waitForCommand() {
        interrupted = true;
        try {
            var unused = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return interrupted;
    }

    /** Lets the process end. */
    @Override
    public void close() {
        done.countDown();
        if (!interrupted) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
