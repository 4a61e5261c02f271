package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.event.EventReader;
import dev.segue.play.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGINT (Ctrl-C) or SIGTERM ends a long run with the figures so far. The tests send SIGTERM, since background processes may
 * ignore SIGINT.
 */
@Timeout(600)
class InterruptionIT {

    /** An event has about 300 bytes, and a session at least two events. */
    private static final long BYTES_OF_2000_SESSIONS = 10_000_000;

    private static final long BYTES_OF_SOME_EVENTS = 10_000;

    @TempDir
    Path folder;

    /** Simulates the bundled world with more sessions than any machine plays before the signal. */
    @Test
    void interruptedSimulationPrintsItsFiguresAndKeepsItsLog() throws Exception {
        Path log = folder.resolve("log.json");
        Path output = folder.resolve("output");
        Process process = SegueJar.command(
                        "simulate", "--policy", "random", "--sessions", "100000000", "--log", log.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Waiting.until(
                    "2,000 sessions are logged",
                    () -> !process.isAlive() || (Files.exists(log) && Files.size(log) > BYTES_OF_2000_SESSIONS));
            process.destroy();
            assertEquals(143, process.waitFor(), "SIGTERM");
            String printed = Files.readString(output);
            assertTrue(printed.contains("\nrandom "), printed);
        } finally {
            process.destroyForcibly();
        }
        try (EventReader events = EventReader.open(log)) {
            long sessions = 0;
            for (Event event = events.next(); event != null; event = events.next()) {
                sessions += event.message() == Event.Message.LAST ? 1 : 0;
            }
            assertTrue(sessions > 1000, sessions + " whole sessions");
            assertEquals(0, events.tornLines());
        }
    }

    /** Both commands would run for hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --sessions 100000000 --concurrency 4 --timeout-ms 60000 --url",
                "replay --log data/log.jsonl.gz --speed 1 --timeout-ms 60000 --url"
            })
    void interruptedLoadOverHttpPrintsItsFigures(String command) throws Exception {
        Path log = folder.resolve("log.json");
        try (SegueJar server = SegueJar.serve(Path.of("config.json"), "DATA_LOG_FILE=" + log)) {
            Path output = folder.resolve("output");
            Process process = SegueJar.command((command + " " + server.uri()).split(" "))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                Waiting.until(
                        "some events are logged", () -> !process.isAlive() || Files.size(log) >= BYTES_OF_SOME_EVENTS);
                process.destroy();
                assertEquals(143, process.waitFor(), "SIGTERM");
                String printed = Files.readString(output);
                assertTrue(printed.contains("failed requests: 0"), printed);
                assertTrue(printed.contains("latency in µs: p50 "), printed);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
