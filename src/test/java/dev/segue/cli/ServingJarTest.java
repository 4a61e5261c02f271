package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Cases;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands with the libraries of {@code segue-serve.jar}. */
class ServingJarTest {

    @TempDir
    private Path folder;

    private record Run(int exitCode, String errors) {}

    private static Run run(String... arguments) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("djl") && !entry.contains("pytorch") && !entry.contains("duckdb"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), errors);
    }

    @Test
    void trainingNamesTheJarWithPyTorch() throws Exception {
        String[] few = {"--epochs", "1", "--dimensions", "2"};
        List<String> train = new ArrayList<>(
                List.of("train", "--model", "contextual", "--log", "data/log.jsonl.gz", "--out", "" + folder));
        train.addAll(List.of(few));
        assertNames("PyTorch", run(train.toArray(String[]::new)));
    }

    @Test
    void parquetNamesTheJarWithDuckDb() throws Exception {
        Run run = run("report", "--log", "" + Cases.of("10-parquet/ok.parquet"));
        assertNames("DuckDB", run);
    }

    @Test
    void theStartIsPreparedWithoutBoth() throws Exception {
        assertEquals(new Run(0, ""), run("prepare-start"));
    }

    private static void assertNames(String library, Run run) {
        assertEquals(1, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("this jar is without " + library + "; use segue.jar"), run.errors());
        assertFalse(run.errors().contains("\tat "), run.errors());
    }
}
