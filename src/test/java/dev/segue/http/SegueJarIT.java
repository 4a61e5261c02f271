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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
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

    private static final int RESPONSES_BEFORE_THE_KILL = 4_000;

    @TempDir
    Path folder;

    /** Rotates the log every 50 kB, so that the kill may interrupt a rotation. */
    @Test
    void acknowledgedEventsSurviveSigkill() throws Exception {
        TestServer files = TestServer.in(folder);
        Map<String, String> responses = new ConcurrentHashMap<>();
        var enough = new CountDownLatch(RESPONSES_BEFORE_THE_KILL);
        try (SegueJar jar = SegueJar.serve(folder.resolve("config.json"), "DATA_LOG_FILE_MAX_BYTES=50000")) {
            Thread[] clients = new Thread[8];
            for (int i = 0; i < clients.length; i++) {
                int client = i;
                clients[i] = new Thread(() -> requestUntilKilled(jar, client, responses, enough));
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
        responses.forEach((requestId, response) -> assertTrue(
                response.endsWith("\"track\":" + logged.get(requestId) + "}"), () -> requestId + ": " + response));

        try (SegueJar again = SegueJar.serve(folder.resolve("config.json"))) {
            var anyResponse = responses.entrySet().iterator().next();
            assertEquals(anyResponse.getValue(), nextTrack(again, HttpClient.newHttpClient(), anyResponse.getKey()));
            assertEquals(0, again.stop(), "SIGTERM");
        }
    }

    /** The next start reads the parsed neighbours, and returns the same ones. */
    @Test
    void theParsedNeighboursOfLargeCatalogsAreKept() throws Exception {
        TestServer.in(folder);
        var catalog = new StringBuilder();
        for (int track = 0; track < 30_000; track++) {
            catalog.append("{\"track\":")
                    .append(track)
                    .append(",\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[")
                    .append((track + 1) % 30_000)
                    .append("]}\n");
        }
        Files.writeString(folder.resolve("tracks.json"), catalog);
        Path kept = folder.resolve("state/parsed/TRACKS_CATALOG.rows");
        List<String> neighbours = new ArrayList<>();
        List<FileTime> times = new ArrayList<>();
        for (int start = 0; start < 2; start++) {
            try (SegueJar jar =
                    SegueJar.serve(folder.resolve("config.json"), "STATE_FOLDER=" + folder.resolve("state"))) {
                neighbours.add(get(jar, "/tracks/29999/neighbours"));
                times.add(Files.getLastModifiedTime(kept));
            }
        }
        assertTrue(neighbours.get(0).contains("\"track\":0"), neighbours.get(0));
        assertEquals(neighbours.get(0), neighbours.get(1));
        assertEquals(times.get(0), times.get(1), "the second start wrote none");
    }

    private static String get(SegueJar jar, String path) throws Exception {
        var request = HttpRequest.newBuilder(jar.uri().resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void requestUntilKilled(
            SegueJar jar, int client, Map<String, String> responses, CountDownLatch enough) {
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; ; i++) {
            String requestId = client + "-" + i;
            try {
                responses.put(requestId, nextTrack(jar, http, requestId));
                enough.countDown();
            } catch (IOException killed) {
                return;
            }
        }
    }

    private static String nextTrack(SegueJar jar, HttpClient http, String requestId) throws IOException {
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
    void invalidArgumentsAreReportedInOneLine(String arguments, int exitCode, String named) throws Exception {
        TestServer.in(folder);
        String[] words = arguments.equals("''") ? new String[0] : arguments.split(" ", -1);
        Process process = SegueJar.command(words).directory(folder.toFile()).start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), error);
        assertEquals(1, error.lines().count(), error);
        assertTrue(error.contains(named), error);
    }

    @Test
    void outOfMemoryIsReportedInOneLine() throws Exception {
        ProcessBuilder command = SegueJar.command("world", "--tracks", "300000", "--out", "" + folder.resolve("world"));
        command.command().add(command.command().indexOf("-jar"), "-Xmx20m");
        Process process =
                command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, process.waitFor());
        assertEquals(1, error.lines().count(), error);
        assertTrue(
                error.startsWith(
                        "segue: out of memory, the process ends with exit code 3: the heap of 20 MB is exhausted; "),
                error);
        assertTrue(error.contains("-Xmx40m"), error);
    }

    @Test
    void reportOfParquetWithoutTemporaryFolderNamesTheCause() throws Exception {
        Path log = Cases.of("10-parquet/ok.parquet");
        ProcessBuilder command = SegueJar.command("report", "--log", "" + log);
        command.command().add(command.command().indexOf("-jar"), "-Djava.io.tmpdir=" + folder.resolve("missing"));
        Process process =
                command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertEquals(1, error.lines().count(), error);
        assertTrue(
                error.startsWith(
                        "segue report: " + log + ": Parquet, and DuckDB's library cannot be loaded: the folder "
                                + folder.resolve("missing") + " does not exist; "),
                error);
        assertTrue(error.contains("-Djava.io.tmpdir="), error);
    }

    @Test
    void versionIsPrinted() throws Exception {
        Process process = SegueJar.command("--version").start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertTrue(
                output.strip().matches("(?s)segue \\d+\\.\\d+\\.\\d+ \\(revision ([0-9a-f]{12}|unknown)\\)\\R+Java .*"),
                output);
    }

    @Test
    void portsAndLogsInUseAreReported(@TempDir Path other) throws Exception {
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

    /** Limits files to some hundred kilobytes, as on a full disk. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void simulationWithAnUnwritableLogPrintsItsFigures() throws Exception {
        Path log = folder.resolve("log.json");
        String command = String.join(
                " ",
                SegueJar.command("simulate", "--sessions", "30000", "--log", "" + log)
                        .command());
        Process process = new ProcessBuilder("sh", "-c", "ulimit -f 200; " + command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), error);
        assertTrue(output.contains("\nrandom "), output);
        assertTrue(error.contains("cannot write " + log), error);
    }

    @Test
    void killedTrainingContinuesFromItsCheckpoint() throws Exception {
        Path log = simulatedLog(1500);
        Path killed = folder.resolve("killed-1");
        killAfterSomeEpochs(log, killed);
        for (int attempt = 2; Files.exists(killed.resolve("model.json")); attempt++) { // it ended before it was killed
            assertTrue(attempt <= 10, "training always ended before the kill");
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
    void trainingReportsTheRemedyIfTheEngineCannotStart() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "");
        ProcessBuilder command = trainOnce(simulatedLog(100));
        command.environment().put("DJL_CACHE_DIR", noFolder.resolve("cache").toString());
        Process process = command.start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertTrue(error.contains("segue train: PyTorch does not start: the folder "), error);
        assertTrue(error.contains(" cannot be created, since " + noFolder + " is a file; name another for it"), error);
        assertTrue(error.contains("DJL_CACHE_DIR="), error);
        assertTrue(Files.notExists(folder.resolve("model/model.json")));
    }

    // Fails if the home folder is read-only, since the engine then unpacks its library into the temporary folder.
    @Test
    void trainingDrawsItsPictureWithoutATemporaryFolder() throws Exception {
        ProcessBuilder command = trainOnce(simulatedLog(500));
        command.command().add(command.command().indexOf("-jar"), "-Djava.io.tmpdir=" + folder.resolve("missing"));
        Process process = command.start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertTrue(Files.exists(folder.resolve("model/model.json")), error);
        assertTrue(Files.size(folder.resolve("model/loss.png")) > 0, error);
        assertFalse(error.contains("warning"), error);
    }

    private Path simulatedLog(int sessions) throws Exception {
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
    void servingDoesNotLoadTheTrainingEngine() throws Exception {
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
