package dev.segue.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Runs each case in a separate process with a small heap, since the case ends the process. */
@Timeout(600)
class OutOfMemoryTest {

    /** Byte arrays take most of the heap. */
    private static final Pattern HISTOGRAM = Pattern.compile("#bytes  class name.*\\R-+\\R *1: +\\d+ +\\d{8} +\\[B ");

    /** A program that exhausts its heap. Its output after that must not appear. */
    static final class Program {

        private static final List<byte[]> KEPT = new ArrayList<>();

        public static void main(String[] arguments) throws Exception {
            if (!arguments[0].equals("notEnabled")) {
                OutOfMemory.enable();
            }
            if (!arguments[0].equals("inCommand")) {
                OutOfMemory.addHistogram();
            }
            switch (arguments[0]) {
                case "uncaught", "inCommand", "notEnabled" -> {
                    var thread = new Thread(Program::fill);
                    thread.start();
                    thread.join();
                    KEPT.clear();
                }
                case "logged" -> logged();
                case "caughtAsCause" -> caughtAsCause();
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
                KEPT.subList(0, KEPT.size() / 2).clear(); // frees memory for a log message
                LoggerFactory.getLogger("library").warn("Task run failed", failed);
            }
        }

        private static void caughtAsCause() throws Exception {
            try {
                CompletableFuture.runAsync(Program::fill).get();
            } catch (ExecutionException failed) {
                OutOfMemory.check(failed);
            }
        }

        /** Exhausts the heap in a scheduled task whose result is never read; the heap stays full. */
        private static void swallowed() throws Exception {
            var tasks = Executors.newSingleThreadScheduledExecutor();
            var task = tasks.schedule(Program::fill, 0, TimeUnit.MILLISECONDS);
            while (!task.isDone()) {
                Thread.sleep(1);
            }
            Thread.sleep(600_000); // longer than the process may take to end
        }
    }

    /** The classes that the program uses. The platform's MBean server looks through all files of the class path. */
    private static String classPath() throws Exception {
        var files = new LinkedHashSet<String>();
        for (Class<?> part : List.of(
                Program.class,
                OutOfMemory.class,
                LoggerFactory.class,
                LoggerContext.class,
                Context.class,
                NullMarked.class)) {
            files.add(Path.of(part.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, files);
    }

    private static Process start(String mode) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        classPath(),
                        Program.class.getName(),
                        mode)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncaught", "logged", "caughtAsCause", "swallowed"})
    void exhaustedHeapEndsProcessWithCodeThreeAndRemedy(String mode) throws Exception {
        Process process = start(mode);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(OutOfMemory.EXIT_CODE, process.waitFor(), error);
        assertEquals("", output);
        assertTrue(
                error.contains(
                        "segue: out of memory, the process ends with exit code 3: the heap of 24 MB is exhausted; "
                                + "give the process more, as in: java -Xmx48m -jar segue.jar ..."),
                error);
        assertTrue(HISTOGRAM.matcher(error).find(), error);
    }

    @Test
    void messageOfCommandIsOneLine() throws Exception {
        Process process = start("inCommand");
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(OutOfMemory.EXIT_CODE, process.waitFor(), error);
        assertEquals(1, error.lines().count(), error);
    }

    @Test
    void processContinuesIfNotEnabled() throws Exception {
        Process process = start("notEnabled");

        assertEquals("alive", process.inputReader().readLine());
        assertEquals(0, process.waitFor());
    }
}
