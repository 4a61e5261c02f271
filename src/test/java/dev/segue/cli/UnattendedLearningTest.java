package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.http.SegueServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void aStopEndsTheProcessAndIsRecorded() throws Exception {
        long before = children();
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(202, send("POST", server.uri().resolve("/admin/learn")).statusCode());
            Waiting.until("the process runs", () -> children() > before);
        }
        assertEquals(before, children());
        List<String> lines = Files.readAllLines(folder.resolve("state/learning.jsonl"));
        assertTrue(lines.get(0).contains("\"outcome\":\"stopped\""), lines::toString);
        assertFalse(Files.exists(folder.resolve("models/session")), "nothing is put in place");
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
}
