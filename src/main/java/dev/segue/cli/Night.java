package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens between two simulated days.
 *
 * @param pause whether a person is waited for, who presses Enter
 * @param command run by the shell; or null
 */
record Night(boolean pause, @Nullable String command) {

    /** Whether catalogs may be others in the morning. */
    boolean maySwapCatalogs() {
        return pause || command != null;
    }

    /**
     * Waits, and runs the command.
     *
     * @param day that has ended
     * @param terminal where to tell what is going on; the command's output goes there too
     * @throws IllegalArgumentException if the command fails
     */
    void pass(int day, PrintWriter terminal) {
        try {
            if (command != null) {
                run(day, command, terminal);
            }
            if (pause) {
                terminal.println("day " + day + " has ended; press Enter for the next one");
                terminal.flush();
                waitForEnter();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(int day, String command, PrintWriter terminal) throws IOException {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        var builder = new ProcessBuilder(windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command));
        builder.environment().put("SIMULATED_DAY", "" + day);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            output.lines().forEach(terminal::println);
        }
        terminal.flush();
        int status = exitCode(process);
        if (status != 0) {
            throw new IllegalArgumentException(
                    "the command after day " + day + " ended with exit code " + status + ": " + command);
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static void waitForEnter() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
    }
}
