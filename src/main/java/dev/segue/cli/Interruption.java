package dev.segue.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Ctrl-C (or SIGTERM) while a long command runs: true from then on, and the process stays until the command has said what
 * it has so far.
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
     * Runs a command's task; a failure is told before the process may end.
     *
     * @param task is given what tells of an interruption; its exit code
     */
    static int during(CommandLine command, ToIntFunction<BooleanSupplier> task) throws Exception {
        try (var interruption = new Interruption()) {
            try {
                return task.applyAsInt(interruption);
            } catch (ParameterException e) {
                throw e; // told by another handler
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

    /** The command has ended, and said all it had to say. */
    @Override
    public void close() {
        done.countDown();
        if (!interrupted) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
