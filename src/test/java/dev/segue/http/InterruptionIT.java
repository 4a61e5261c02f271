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
 * Ctrl-C, or a SIGTERM, ends a long run with the figures so far. To the program they are the same; here it is the latter, since
 * what is started in the background may have been told to ignore the former.
 */
@Timeout(600)
class InterruptionIT {

    /** An event takes some 300 bytes, and a session has at least two. */
    private static final long BYTES_OF_2000_SESSIONS = 10_000_000;

    private static final long BYTES_OF_SOME_EVENTS = 10_000;

    @TempDir
    Path folder;

    /** In the bundled world, with more sessions than any machine plays before it is told to end. */
    @Test
    void simulationThatIsInterruptedTellsAndKeepsWhatItHas() throws Exception {
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
            String told = Files.readString(output);
            assertTrue(told.contains("\nrandom "), told);
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

    /** Both commands would go on for hours; the server knows of what they tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --sessions 100000000 --concurrency 4 --timeout-ms 60000 --url",
                "replay --log data/log.jsonl.gz --speed 1 --timeout-ms 60000 --url"
            })
    void loadOverHttpThatIsInterruptedTellsWhatItHas(String command) throws Exception {
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
                String told = Files.readString(output);
                assertTrue(told.contains("failed requests: 0"), told);
                assertTrue(told.contains("latency in µs: p50 "), told);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
