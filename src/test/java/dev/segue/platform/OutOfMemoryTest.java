package dev.segue.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Each case runs in a process of its own with a small heap, since it ends that process. */
@Timeout(600)
class OutOfMemoryTest {

    /** Where an error can come to light. What it prints after the heap is full must not appear. */
    static final class Program {

        private static final List<byte[]> KEPT = new ArrayList<>();

        public static void main(String[] arguments) throws Exception {
            if (!arguments[0].equals("notArmed")) {
                OutOfMemory.endsProcess();
            }
            switch (arguments[0]) {
                case "uncaught", "notArmed" -> {
                    var thread = new Thread(Program::fill);
                    thread.start();
                    thread.join();
                    KEPT.clear();
                }
                case "logged" -> logged();
                case "caughtAsCause" -> asCause();
                case "swallowed" -> swallowed();
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            System.out.println("alive");
        }

        private static void fill() {
            while (true) {
                KEPT.add(new byte[1 << 12]);
            }
        }

        private static void logged() {
            try {
                fill();
            } catch (Throwable failed) {
                KEPT.subList(0, KEPT.size() / 2).clear(); // there is room for a log message again
                LoggerFactory.getLogger("library").warn("Task run failed", failed);
            }
        }

        private static void asCause() throws Exception {
            try {
                CompletableFuture.runAsync(Program::fill).get();
            } catch (ExecutionException failed) {
                OutOfMemory.check(failed);
            }
        }

        /** As a scheduled task of a library that nobody asks for its outcome; the heap stays full. */
        private static void swallowed() throws Exception {
            var tasks = Executors.newSingleThreadScheduledExecutor();
            var task = tasks.schedule(Program::fill, 0, TimeUnit.MILLISECONDS);
            while (!task.isDone()) {
                Thread.sleep(1);
            }
            Thread.sleep(600_000); // longer than the end may take
        }
    }

    private static Process start(String where) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        where)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncaught", "logged", "caughtAsCause", "swallowed"})
    void usedUpHeapEndsTheProcessWithCodeThreeAndTheRemedy(String where) throws Exception {
        Process process = start(where);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(OutOfMemory.EXIT_CODE, process.waitFor(), error);
        assertEquals("", output);
        assertTrue(
                error.contains("segue: out of memory, the process ends with exit code 3: the heap of 24 MB is used up; "
                        + "give the process more, as in: java -Xmx48m -jar segue.jar ..."),
                error);
    }

    @Test
    void programsThatEmbedSegueKeepTheirProcess() throws Exception {
        Process process = start("notArmed");

        assertEquals("alive", process.inputReader().readLine());
        assertEquals(0, process.waitFor());
    }
}
