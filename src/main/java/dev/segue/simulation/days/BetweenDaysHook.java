package dev.segue.simulation.days;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pause and the command between two simulated days.
 *
 * @param pause whether to wait until Enter is pressed
 * @param command a shell command; or null
 */
public record BetweenDaysHook(boolean pause, @Nullable String command) {

    /** Interval of the checks for a stop. */
    private static final long POLL_MILLIS = 100;

    /** Whether catalogs may change between days. */
    boolean mayChangeCatalogs() {
        return pause || command != null;
    }

    /**
     * Runs the command, then waits for Enter.
     *
     * @param day the day that has ended; the command's environment variable {@code SIMULATED_DAY}
     * @param terminal receives messages and the command's output
     * @param stop true to end the pause or the command early
     * @throws IllegalArgumentException if the command fails
     */
    void run(int day, PrintWriter terminal, BooleanSupplier stop) {
        try {
            if (command != null) {
                runCommand(day, command, terminal, stop);
            }
            if (pause && !stop.getAsBoolean()) {
                terminal.println("day " + day + " has ended; press Enter for the next one");
                terminal.flush();
                var unused = completes(BetweenDaysHook::waitForEnter, stop);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runCommand(int day, String command, PrintWriter terminal, BooleanSupplier stop)
            throws IOException {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        var builder = new ProcessBuilder(windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command));
        builder.environment().put("SIMULATED_DAY", "" + day);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        if (!completes(() -> forwardOutput(process, terminal), stop)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            return;
        }
        int status = process.exitValue();
        if (status != 0) {
            throw new IllegalArgumentException(
                    "the command after day " + day + " ended with exit code " + status + ": " + command);
        }
    }

    /** Copies a process's output to the terminal until the process ends; returns its exit code. */
    private static int forwardOutput(Process process, PrintWriter terminal) throws IOException, InterruptedException {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            output.lines().forEach(terminal::println);
        }
        terminal.flush();
        return process.waitFor();
    }

    /** Reads to the end of the line; returns the last byte read, -1 at the end of the input. */
    private static int waitForEnter() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
        return read;
    }

    /** Runs a blocking task on its own thread; returns whether it completed before a stop. */
    private static boolean completes(Callable<Integer> task, BooleanSupplier stop) throws IOException {
        var blocking = new FutureTask<>(task);
        var thread = new Thread(blocking, "segue-night");
        thread.setDaemon(true);
        thread.start();
        while (!stop.getAsBoolean()) {
            try {
                var unused = blocking.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                // still running
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
