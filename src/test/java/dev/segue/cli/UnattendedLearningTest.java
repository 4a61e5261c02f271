package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.config.Configuration;
import dev.segue.http.SegueServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server learns in a child process. */
class UnattendedLearningTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path config;

    @BeforeEach
    void logSessions() throws Exception {
        CommandRun.makeWorld(folder, 300, 60);
        CommandRun.simulateRandom(folder, 4000, folder.resolve("log.json"));
        config = Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks_with_recs.json", "DATA_LOG_FILE": "log.json", "STATE_FOLDER": "state",
                 "learn": {"memory_mb": 256},
                 "recommenders": {
                   "session": {"type": "session", "model": "models/session", "optional": true, "fallback": ["random"]},
                   "random": {"type": "random"}},
                 "experiments": [{"name": "E", "arms": {"C": "session"}, "serves": true}]}
                """);
    }

    private HttpResponse<String> send(String method, URI uri) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private String metrics(SegueServer server) throws Exception {
        return send("GET", server.uri().resolve("/metrics")).body();
    }

    private JsonNode get(SegueServer server, String path) throws Exception {
        return JSON.readTree(send("GET", server.uri().resolve(path)).body());
    }

    @Test
    void aLearnedModelServesAsANewGenerationWithItsFigures() throws Exception {
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(202, send("POST", server.uri().resolve("/admin/learn")).statusCode());
            assertEquals(409, send("POST", server.uri().resolve("/admin/learn")).statusCode());
            assertTrue(metrics(server).contains("\nsegue_learning 1.0\n"));
            Waiting.until(
                    "the learning has ended",
                    () -> !get(server, "/admin/learn").get("running").asBoolean());
            JsonNode learning = get(server, "/admin/learn").get("learnings").get(0);
            assertEquals("published", learning.get("outcome").asString(), learning::toString);
            JsonNode generations = get(server, "/admin/generations").get("generations");
            assertEquals(2, generations.size());
            assertEquals("learning", generations.get(0).get("cause").asString());
            assertEquals(learning.get("generation"), generations.get(0).get("generation"));
            assertEquals(learning, generations.get(0).get("learning"));
            assertTrue(learning.get("stages").get(0).get("mse").asDouble() > 0, learning::toString);
            JsonNode explained = get(server, "/next_track?user=5&track=7&time=1&explain=true&dry_run=true");
            assertEquals(
                    "session", explained.get("explanation").get("recommender").asString());
            String metrics = metrics(server);
            assertTrue(metrics.contains("\nsegue_learnings_total{outcome=\"published\"} 1.0\n"), metrics);
            assertTrue(metrics.contains("\nsegue_learning 0.0\n"), metrics);
            assertFalse(metrics.contains("\nsegue_learning_last_success_timestamp_seconds 0.0\n"), metrics);
            Path kept = folder.resolve("state/generations")
                    .resolve(learning.get("generation").asString());
            assertTrue(Files.isDirectory(kept.resolve("models/session")));
        }
    }

    @Test
    void anEarlierGenerationServesAgainAfterARestart() throws Exception {
        String first;
        String learned;
        try (SegueServer server = CommandRun.serve(config)) {
            first = get(server, "/server").get("generation").asString();
            learned = learn(server).get("generation").asString();
        }
        assertStateIsPrivate();
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(learned, get(server, "/server").get("generation").asString());
            List<String> kept = new ArrayList<>();
            get(server, "/admin/generations")
                    .get("kept")
                    .forEach(each -> kept.add(each.get("generation").asString()));
            assertEquals(List.of(learned, first), kept);
            JsonNode back = rollBackTo(server, first);
            assertEquals(first, back.get("generation").asString(), back::toString);
            assertTrue(back.get("in_place").asBoolean());
            assertEquals("random", recommender(server, "C"));
        }
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(first, get(server, "/server").get("generation").asString(), "its files are in place");
            rollBackTo(server, learned);
            assertEquals("session", recommender(server, "C"));
        }
    }

    @Test
    void aLearningIntoAnArmServesThereAloneAndIsReported() throws Exception {
        Files.writeString(config, """
                {"TRACKS_CATALOG": "tracks_with_recs.json", "DATA_LOG_FILE": "log.json", "STATE_FOLDER": "state",
                 "learn": {"memory_mb": 256, "into": "T1"},
                 "recommenders": {
                   "present": {"type": "session", "model": "models/present", "optional": true, "fallback": ["random"]},
                   "next": {"type": "session", "model": "models/next", "optional": true, "fallback": ["random"]},
                   "random": {"type": "random"}},
                 "experiments": [{"name": "HELD", "arms": {"C": "present", "T1": "next"}, "serves": true}]}
                """);
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals("random", recommender(server, "T1"));
            JsonNode learning = learn(server);
            assertEquals("published", learning.get("outcome").asString(), learning::toString);
            assertEquals("next", recommender(server, "T1"));
            assertEquals("random", recommender(server, "C"), "the present files of the other arm stay");
            assertFalse(Files.exists(folder.resolve("models/present")));
            for (int user = 0; user < 40; user++) {
                get(server, "/next_track?user=" + user + "&track=7&time=0." + user % 7);
                assertEquals(
                        200,
                        post(server, "/last/" + user, "{\"track\":7,\"time\":0.5}")
                                .statusCode());
            }
            JsonNode effect =
                    get(server, "/experiments/HELD/report").get("effects").get(0);
            assertEquals("T1", effect.get("arm").asString(), effect::toString);
            assertTrue(effect.has("lower") && effect.has("upper"), effect::toString);
        }
    }

    /** Models have the mode of the files in service; the files that the server writes itself are private. */
    private void assertStateIsPrivate() throws Exception {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString();
                    if (name.startsWith("kept")
                            || Objects.requireNonNull(file.getParent()).endsWith("state")) {
                        assertFalse(
                                Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ),
                                file::toString);
                    }
                }
            }
        }
    }

    /** Learns, and returns how that ended. */
    private JsonNode learn(SegueServer server) throws Exception {
        assertEquals(202, send("POST", server.uri().resolve("/admin/learn")).statusCode());
        Waiting.until(
                "the learning has ended",
                () -> !get(server, "/admin/learn").get("running").asBoolean());
        return get(server, "/admin/learn").get("learnings").get(0);
    }

    private JsonNode rollBackTo(SegueServer server, String generation) throws Exception {
        return JSON.readTree(post(server, "/admin/rollback", "{\"generation\":\"" + generation + "\"}")
                .body());
    }

    private HttpResponse<String> post(SegueServer server, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String recommender(SegueServer server, String arm) throws Exception {
        return get(server, "/next_track?user=5&track=7&time=1&explain=true&dry_run=true&arm=" + arm)
                .get("explanation")
                .get("recommender")
                .asString();
    }

    @Test
    void aStopEndsTheProcessAndIsRecorded() throws Exception {
        long before = children();
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(202, send("POST", server.uri().resolve("/admin/learn")).statusCode());
            Waiting.until("the process runs", () -> children() > before);
            Waiting.until(
                    "its memory is bounded",
                    () -> isAnyChild(child -> commandLine(child).contains("-Xmx256m")));
            if (Files.isExecutable(Path.of("/usr/bin/nice")) && Files.exists(Path.of("/proc/self/stat"))) {
                Waiting.until("its priority is the lowest", () -> isAnyChild(child -> niceness(child) == 19));
            }
        }
        assertEquals(before, children());
        List<String> lines = Files.readAllLines(folder.resolve("state/learning.jsonl"));
        assertTrue(lines.get(0).contains("\"outcome\":\"stopped\""), lines::toString);
        assertFalse(Files.exists(folder.resolve("models/session")), "nothing is put in place");
    }

    @Test
    void aProcessThatEndsInTheGracePeriodOfAStopIsRecordedAsStopped() throws Exception {
        var flags = Map.of("server.port", "0", "server.stop_grace_ms", "600000");
        try (SegueServer server = SegueServer.start(Configuration.load(config, Map.of(), flags))) {
            assertEquals(202, send("POST", server.uri().resolve("/admin/learn")).statusCode());
            Predicate<ProcessHandle> learns = child -> commandLine(child).contains("-Xmx256m");
            Waiting.until("the process runs", () -> isAnyChild(learns));
            var stop = new Thread(server::close, "stop");
            stop.start();
            try {
                Waiting.until(
                        "the server stops",
                        () -> send("GET", server.uri().resolve("/health/ready")).statusCode() == 503);
                ProcessHandle.current().children().filter(learns).forEach(ProcessHandle::destroy);
                Waiting.until(
                        "the learning has ended",
                        () -> !get(server, "/admin/learn").get("running").asBoolean());
                JsonNode learning = get(server, "/admin/learn").get("learnings").get(0);
                assertEquals("stopped", learning.get("outcome").asString(), learning::toString);
            } finally {
                stop.interrupt(); // ends the grace period
                stop.join();
            }
        }
    }

    @Test
    void theProcessUsesTheSettingsThatTheServerWasGiven() throws Exception {
        Path given = folder.resolve("given");
        var flags = Map.of("server.port", "0", "STATE_FOLDER", given.toString());
        try (SegueServer server = SegueServer.start(Configuration.load(config, Map.of(), flags))) {
            assertEquals(202, send("POST", server.uri().resolve("/admin/learn")).statusCode());
            Waiting.until(
                    "it locks the folder of the option, or ends",
                    () -> Files.exists(given.resolve("learning.lock"))
                            || !get(server, "/admin/learn").get("running").asBoolean());
            assertTrue(Files.exists(given.resolve("learning.lock")), "it does not lock that of the file");
        }
    }

    private static boolean isAnyChild(Predicate<ProcessHandle> condition) {
        return ProcessHandle.current().children().anyMatch(condition);
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    private static int niceness(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String afterName = stat.substring(stat.lastIndexOf(')') + 2); // begins with the third field
            return Integer.parseInt(afterName.split(" ", -1)[16]); // the nineteenth one
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
}
