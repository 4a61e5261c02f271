package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Cases;
import dev.segue.Waiting;
import dev.segue.play.Event;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegueJarIT {

    private static final int ANSWERS_BEFORE_THE_KILL = 4_000;

    @TempDir
    Path folder;

    /** Rotates every 50 kB, so that the kill meets rotations too. */
    @Test
    void acknowledgedEventsSurviveKillMinusNine() throws Exception {
        TestServer files = TestServer.in(folder);
        Map<String, String> answers = new ConcurrentHashMap<>();
        var enough = new CountDownLatch(ANSWERS_BEFORE_THE_KILL);
        try (SegueJar jar = SegueJar.serve(folder.resolve("config.json"), "DATA_LOG_FILE_MAX_BYTES=50000")) {
            Thread[] clients = new Thread[8];
            for (int i = 0; i < clients.length; i++) {
                int client = i;
                clients[i] = new Thread(() -> askUntilKilled(jar, client, answers, enough));
                clients[i].start();
            }
            assertTrue(enough.await(600, TimeUnit.SECONDS));
            jar.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
        Map<String, Integer> logged = new HashMap<>();
        for (Event event : files.events()) {
            assertEquals(
                    null, logged.put(event.requestId(), event.recommendation().track()), "each event once");
        }
        answers.forEach((requestId, answer) -> assertTrue(
                answer.endsWith("\"track\":" + logged.get(requestId) + "}"), () -> requestId + ": " + answer));

        try (SegueJar again = SegueJar.serve(folder.resolve("config.json"))) {
            var anyAnswer = answers.entrySet().iterator().next();
            assertEquals(anyAnswer.getValue(), ask(again, HttpClient.newHttpClient(), anyAnswer.getKey()));
            assertEquals(143, again.stop(), "SIGTERM");
        }
    }

    private static void askUntilKilled(SegueJar jar, int client, Map<String, String> answers, CountDownLatch enough) {
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; ; i++) {
            String requestId = client + "-" + i;
            try {
                answers.put(requestId, ask(jar, http, requestId));
                enough.countDown();
            } catch (IOException killed) {
                return;
            }
        }
    }

    private static String ask(SegueJar jar, HttpClient http, String requestId) throws IOException {
        String user = requestId.substring(0, requestId.indexOf('-'));
        var request = HttpRequest.newBuilder(jar.uri().resolve("/next/" + user))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"track\":0,\"time\":0.5,\"request_id\":\"" + requestId + "\"}"))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "serve --config nowhere.json | 1 | nowhere.json",
                "serve --config config.json --set server.prt=1 | 1 | flag server.prt",
                "serve --config config.json --port 99999 | 1 | 65535",
                "serve --config config.json --set TRACKS_CATALOG=nothing.json | 1 | no such file",
                "serve --config config.json --set TRACKS_CATALOG=top.json | 1 | top.json, element 1:",
                "serve --colour | 2 | --colour",
                "sing | 2 | sing",
                "'' | 2 | command",
            })
    void mistakesStopTheStartWithOneLine(String arguments, int exitCode, String named) throws Exception {
        TestServer.in(folder);
        String[] words = arguments.equals("''") ? new String[0] : arguments.split(" ", -1);
        Process process = SegueJar.command(words).directory(folder.toFile()).start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), error);
        assertEquals(1, error.lines().count(), error);
        assertTrue(error.contains(named), error);
    }

    @Test
    void tooLittleMemoryIsSaidInOneLine() throws Exception {
        ProcessBuilder command = SegueJar.command("world", "--tracks", "300000", "--out", "" + folder.resolve("world"));
        command.command().add(command.command().indexOf("-jar"), "-Xmx20m");
        Process process =
                command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, process.waitFor());
        assertEquals(1, told.lines().count(), told);
        assertTrue(
                told.startsWith(
                        "segue: out of memory, the process ends with exit code 3: the heap of 20 MB is exhausted; "),
                told);
        assertTrue(told.contains("-Xmx40m"), told);
    }

    @Test
    void reportOfParquetWithoutTemporaryFolderNamesTheCause() throws Exception {
        Path log = Cases.of("10-parquet/ok.parquet");
        ProcessBuilder command = SegueJar.command("report", "--log", "" + log);
        command.command().add(command.command().indexOf("-jar"), "-Djava.io.tmpdir=" + folder.resolve("missing"));
        Process process =
                command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertEquals(1, told.lines().count(), told);
        assertTrue(
                told.startsWith("segue report: " + log + ": Parquet, and DuckDB's library cannot be loaded: the folder "
                        + folder.resolve("missing") + " does not exist; "),
                told);
        assertTrue(told.contains("-Djava.io.tmpdir="), told);
    }

    @Test
    void jarKnowsItsVersion() throws Exception {
        Process process = SegueJar.command("--version").start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertTrue(output.strip().matches("segue [0-9]+\\.[0-9]+\\.[0-9]+"), output);
    }

    @Test
    void takenPortAndTakenLogAreSaid(@TempDir Path other) throws Exception {
        TestServer.in(folder);
        TestServer.in(other);
        try (SegueJar jar = SegueJar.serve(folder.resolve("config.json"))) {
            assertTrue(failure(other, "--port", Integer.toString(jar.uri().getPort()))
                    .contains("choose another with --port"));
            assertTrue(failure(folder, "--port", "0").contains("DATA_LOG_FILE"));
        }
    }

    private static String failure(Path directory, String flag, String value) throws Exception {
        Process process = SegueJar.command("serve", flag, value)
                .directory(directory.toFile())
                .start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), error);
        assertEquals(1, error.lines().count(), error);
        return error;
    }

    /** As when a disk is full: no file may have more than some hundred kilobytes. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void simulationWhoseLogCannotBeWrittenTellsWhatItHas() throws Exception {
        Path log = folder.resolve("log.json");
        String command = String.join(
                " ",
                SegueJar.command("simulate", "--sessions", "30000", "--log", "" + log)
                        .command());
        Process process = new ProcessBuilder("sh", "-c", "ulimit -f 200; " + command).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), error);
        assertTrue(told.contains("\nrandom "), told);
        assertTrue(error.contains("cannot write " + log), error);
    }

    @Test
    void trainingThatIsKilledGoesOnFromItsCheckpoint() throws Exception {
        Path log = simulated(1500);
        Path killed = folder.resolve("killed-1");
        killAfterSomeEpochs(log, killed);
        for (int attempt = 2; Files.exists(killed.resolve("model.json")); attempt++) { // it ended before it was killed
            assertTrue(attempt <= 10, "it is never killed in the midst");
            killed = folder.resolve("killed-" + attempt);
            killAfterSomeEpochs(log, killed);
        }
        assertEquals(0, train(log, killed).waitFor());
        Path whole = folder.resolve("whole");
        assertEquals(0, train(log, whole).waitFor());
        for (String table : List.of("context.npy", "track.npy", "listener.npy", "linear.npy")) {
            assertEquals(-1, Files.mismatch(whole.resolve(table), killed.resolve(table)), table);
        }
    }

    private static void killAfterSomeEpochs(Path log, Path out) throws Exception {
        Process process = train(log, out);
        Path checkpoint = out.resolve("checkpoint-000003");
        Waiting.until("a third checkpoint", () -> !process.isAlive() || Files.exists(checkpoint));
        process.destroyForcibly().waitFor();
    }

    private static Process train(Path log, Path out) throws IOException {
        return SegueJar.command(("train --model new --epochs 40 --patience 40 --batch 64 --accept --log " + log
                                + " --out " + out)
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void whereTheEngineCannotStartTrainingSaysWhatToDo() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "");
        ProcessBuilder command = trainOnce(simulated(100));
        command.environment().put("DJL_CACHE_DIR", noFolder.resolve("cache").toString());
        Process process = command.start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertTrue(told.contains("segue train: PyTorch does not start: the folder "), told);
        assertTrue(told.contains(" cannot be created, since " + noFolder + " is a file; name another for it"), told);
        assertTrue(told.contains("DJL_CACHE_DIR="), told);
        assertTrue(Files.notExists(folder.resolve("model/model.json")));
    }

    // Except where the engine's library has to be unpacked there, because the home folder cannot be written.
    @Test
    void trainingDrawsItsPictureWithoutATemporaryFolder() throws Exception {
        ProcessBuilder command = trainOnce(simulated(500));
        command.command().add(command.command().indexOf("-jar"), "-Djava.io.tmpdir=" + folder.resolve("missing"));
        Process process = command.start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertTrue(Files.exists(folder.resolve("model/model.json")), told);
        assertTrue(Files.size(folder.resolve("model/loss.png")) > 0, told);
        assertFalse(told.contains("warning"), told);
    }

    private Path simulated(int sessions) throws Exception {
        Path log = folder.resolve("log.json");
        Process process = SegueJar.command(
                        "simulate", "--policy", "random", "--sessions", "" + sessions, "--log", "" + log)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, process.waitFor());
        return log;
    }

    private ProcessBuilder trainOnce(Path log) {
        return SegueJar.command(
                        "train",
                        "--model",
                        "new",
                        "--epochs",
                        "1",
                        "--log",
                        "" + log,
                        "--out",
                        "" + folder.resolve("model"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    @Test
    void servingDoesNotLoadTheTrainingsEngine() throws Exception {
        TestServer.in(folder);
        Path classes = folder.resolve("classes");
        ProcessBuilder command = SegueJar.command(
                "serve", "--config", folder.resolve("config.json").toString(), "--port", "0");
        command.command().add(1, "-Xlog:class+load:file=" + classes);
        Process process = command.start();
        try {
            process.inputReader().readLine();
        } finally {
            process.destroy();
            process.waitFor();
        }
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains("dev.segue.http.SegueServer"));
        assertFalse(loaded.contains("ai.djl"));
        assertFalse(loaded.contains("dev.segue.training.Torch"));
    }
}
