package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code bin/segue} with a program in the place of Java that prints its arguments and writes the cache it is asked for. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {

    private static final String JAVA = """
            #!/bin/sh
            env | grep '^SEGUE_' >&2
            for argument; do
              case $argument in
                -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) printf cache >"${argument#*=}" ;;
                fail) echo "segue prepare-start: fails" >&2; exit 1 ;;
              esac
            done
            echo "$@"
            """;

    @TempDir
    private Path folder;

    private Path jar = Path.of("");

    private record Run(int exitCode, String output, String errors) {}

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.writeString(folder.resolve("segue.jar"), "jar").toRealPath();
    }

    private Path javaHome(String version) throws IOException {
        Path home = folder.resolve("java-" + version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, JAVA);
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("src/main/package/bin/segue").toAbsolutePath() + ""));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SEGUE_") || name.equals("JAVA_HOME"));
        builder.environment().put("SEGUE_JAR", jar.toString());
        builder.environment().put("SEGUE_CACHE", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output.strip(), Files.readString(folder.resolve("err")));
    }

    private Run on(String version, String... arguments) throws IOException, InterruptedException {
        return run(Map.of("JAVA_HOME", javaHome(version).toString()), arguments);
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    @Test
    void theArgumentsAndJavasOptionsArePassedOn() throws Exception {
        Map<String, String> environment = Map.of(
                "JAVA_HOME", javaHome("17.0.1+1").toString(), "SEGUE_JAVA_OPTIONS", "-Xmx1g -Xms1g", "SEGUE_SEED", "7");
        assertEquals(
                new Run(0, "-Xmx1g -Xms1g -jar " + jar + " report --log a b", "SEGUE_SEED=7\n"),
                run(environment, "report", "--log", "a b"),
                "only settings remain in the environment");
    }

    @Test
    void theServerBeginsWithASmallHeapUnlessOptionsOverrideIt() throws Exception {
        assertEquals("-Xms32m -jar " + jar + " serve", on("21+1", "serve").output());
        Map<String, String> environment =
                Map.of("JAVA_HOME", javaHome("21+1").toString(), "SEGUE_JAVA_OPTIONS", "-Xms1g -Xmx2g");
        assertEquals(
                "-Xms32m -Xms1g -Xmx2g -jar " + jar + " serve",
                run(environment, "serve").output());
    }

    @ParameterizedTest
    @CsvSource({"11.0.2+9, is Java 11.0.2+9", "1.8.0_392, is Java 1.8.0_392", "early, does not print its version"})
    void anOldJavaIsRefusedWithTheRemedy(String version, String message) throws Exception {
        Run run = on(version, "--version");
        assertEquals(1, run.exitCode());
        assertTrue(run.errors().contains(message + "; install Java 17 or newer"), run.errors());
        assertEquals(1, run.errors().lines().count(), run.errors());
    }

    @Test
    void aMissingJavaAndAMissingJarAreNamed() throws Exception {
        Run noJava = run(Map.of("JAVA_HOME", "/nowhere"), "--version");
        assertTrue(
                noJava.errors().startsWith("segue: JAVA_HOME is /nowhere, which has no bin/java; "), noJava.errors());
        Files.delete(jar);
        Run noJar = on("21+1", "--version");
        assertEquals("segue: SEGUE_JAR is " + jar + ", which cannot be read\n", noJar.errors());
    }

    @ParameterizedTest
    @CsvSource({"17.0.1+1, -XX:SharedArchiveFile=", "21.0.1+1, -XX:SharedArchiveFile=", "25.0.1+8, -XX:AOTCache="})
    void serveUsesThePreparedCache(String version, String option) throws Exception {
        assertFalse(on(version, "serve").output().contains(option));
        Run prepared = on(version, "prepare-start", "--config", "c.json");
        assertEquals(0, prepared.exitCode(), prepared.errors());
        assertEquals("segue: the start cache is " + caches().get(0), prepared.output());
        Run serve = on(version, "serve", "--port", "0");
        assertTrue(serve.output().startsWith("-Xms32m " + option + caches().get(0) + " -Xlog:"), serve.output());
        assertTrue(serve.output().endsWith(" -jar " + jar + " serve --port 0"), serve.output());
        assertFalse(on(version, "report").output().contains(option), "other commands need other classes");
    }

    @Test
    void aCacheThatDoesNotFitIsNotUsed() throws Exception {
        String unused = "-Xms32m -jar " + jar + " serve";
        on("25+1", "prepare-start");
        assertEquals(unused, on("25+2", "serve").output(), "another Java");
        Path cache = caches().get(0);
        Files.writeString(cache, "cach");
        assertEquals(unused, on("25+1", "serve").output(), "truncated");
        Files.writeString(cache, "cachf");
        assertEquals(unused, on("25+1", "serve").output(), "damaged");
        on("25+1", "prepare-start");
        Files.writeString(jar, "another jar");
        assertEquals(unused, on("25+1", "serve").output(), "another jar");
        on("25+1", "prepare-start");
        assertEquals(1, caches().size(), "older caches are deleted");
    }

    @Test
    void aFailedPreparationLeavesNothing() throws Exception {
        Run run = on("25+1", "prepare-start", "fail");
        assertEquals(1, run.exitCode());
        assertEquals("segue prepare-start: fails\n", run.errors());
        assertEquals(List.of(), caches());
    }
}
