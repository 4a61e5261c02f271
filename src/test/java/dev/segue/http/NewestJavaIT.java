package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jar on JDK 25 or newer, if installed, which warns of native libraries and {@code sun.misc.Unsafe}. */
class NewestJavaIT {

    private static final int WARNS_SINCE = 25;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([0-9]+)");

    @TempDir
    static Path folder;

    private static Path java = Path.of("");

    @BeforeAll
    static void findJava() throws IOException {
        Optional<Path> found = homes().stream()
                .filter(home -> version(home) >= WARNS_SINCE)
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no JDK " + WARNS_SINCE + " or newer in JAVA_HOME, this test's or /usr/lib/jvm");
        java = found.get();
    }

    private static List<Path> homes() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> folders = Files.list(installed)) {
                homes.addAll(folders.sorted().toList());
            }
        }
        return homes;
    }

    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException noHome) {
            return 0;
        }
    }

    @Test
    void commandsCauseNoWarningsOfJava() throws Exception {
        String log = folder.resolve("log.json").toString();
        String model = folder.resolve("model").toString();
        assertQuiet("simulate", "--policy", "random,top-pop", "--sessions", "2000", "--log", log);
        assertQuiet("report", "--log", log, "--format", "HTML", "--out", "" + folder.resolve("report.html"));
        String[] few = {"--epochs", "8", "--dimensions", "4", "--batch", "128", "--learning-rate", "0.05"};
        List<String> train = new ArrayList<>(List.of("train", "--log", log, "--model", "contextual", "--out", model));
        train.addAll(List.of(few));
        assertNoWarning(train.toArray(String[]::new));
        assertQuiet("--help");
        assertQuiet("power", "--mean", "2.97", "--sd", "0.93", "--lift", "5%");
    }

    @Test
    void theServerCausesNoWarningsOfJava() throws Exception {
        Path errors = folder.resolve("errors");
        Process server = command("serve", "--port", "0", "--set", "DATA_LOG_FILE=" + folder.resolve("log/data.json"))
                .redirectError(errors.toFile())
                .start();
        try {
            BufferedReader output = server.inputReader();
            String line = String.valueOf(output.readLine());
            assertTrue(line.startsWith("Segue listens at "), line);
            assertNotNull(output.readLine(), "the last line; printing to a closed pipe would end the server");
        } finally {
            server.destroy();
            assertEquals(0, server.waitFor());
        }
        assertFalse(Files.readString(errors).contains("WARNING"), Files.readString(errors));
    }

    private static void assertQuiet(String... arguments) throws Exception {
        assertEquals(0, assertNoWarning(arguments));
    }

    /** Runs a command and returns its exit code. */
    private static int assertNoWarning(String... arguments) throws Exception {
        Process process = command(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        assertFalse(errors.contains("WARNING"), errors);
        return exitCode;
    }

    private static ProcessBuilder command(String... arguments) {
        ProcessBuilder command = SegueJar.command(arguments);
        command.command().set(0, java.toString());
        return command;
    }
}
