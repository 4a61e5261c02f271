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
 * @param pause whether a person is waited for, who presses Enter
 * @param command run by the shell; or null
 */
public record BetweenDaysHook(boolean pause, @Nullable String command) {

    /** How soon it is noticed that it is time to stop. */
    private static final long PATIENCE_MILLIS = 100;

    /** Whether catalogs may be others in the morning. */
    boolean maySwapCatalogs() {
        return pause || command != null;
    }

    /**
     * Waits, and runs the command.
     *
     * @param day that has ended
     * @param terminal where to tell what is going on; the command's output goes there too
     * @param stop tells when to end the night, and the command, early
     * @throws IllegalArgumentException if the command fails
     */
    void pass(int day, PrintWriter terminal, BooleanSupplier stop) {
        try {
            if (command != null) {
                run(day, command, terminal, stop);
            }
            if (pause && !stop.getAsBoolean()) {
                terminal.println("day " + day + " has ended; press Enter for the next one");
                terminal.flush();
                var unused = ends(BetweenDaysHook::waitForEnter, stop);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(int day, String command, PrintWriter terminal, BooleanSupplier stop) throws IOException {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        var builder = new ProcessBuilder(windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command));
        builder.environment().put("SIMULATED_DAY", "" + day);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        if (!ends(() -> follow(process, terminal), stop)) {
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

    /** Passes on what a process prints, until it has ended; its exit code. */
    private static int follow(Process process, PrintWriter terminal) throws IOException, InterruptedException {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            output.lines().forEach(terminal::println);
        }
        terminal.flush();
        return process.waitFor();
    }

    /** Reads to the end of the line; the last character read. */
    private static int waitForEnter() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
        return read;
    }

    /** Does what blocks on a thread of its own; whether it ended before it was time to stop. */
    private static boolean ends(Callable<Integer> task, BooleanSupplier stop) throws IOException {
        var blocking = new FutureTask<>(task);
        var thread = new Thread(blocking, "segue-night");
        thread.setDaemon(true);
        thread.start();
        while (!stop.getAsBoolean()) {
            try {
                var unused = blocking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                // not yet
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
