package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.play.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests the log lines of requests and the state that a restart restores from them. */
class PlayLogTest {

    private static final long HOURS_3 = TimeUnit.HOURS.toMillis(3);

    @TempDir
    Path folder;

    @Test
    void everyEventIsALineWithAllFields() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            server.get("/next_track?user=100");
            server.post("/next_track", "{\"user\":100,\"track\":0,\"time\":0.25,\"request_id\":\"r\",\"count\":2}");
            server.post("/last/100", "{\"track\":1,\"time\":0}");
            List<JsonNode> lines = server.logLines();

            JsonNode start = lines.get(0);
            assertEquals("start", start.get("message").asString());
            assertFalse(start.has("track") || start.has("time"), "a request without a previous track is no playback");
            assertTrue(start.get("recommendation").isInt());
            assertEquals(1_700_000_000_000L, start.get("timestamp").asLong());

            JsonNode next = lines.get(1);
            assertEquals("next", next.get("message").asString());
            assertEquals(100, next.get("user").asInt());
            assertEquals(0, next.get("track").asInt());
            assertEquals(0.25, next.get("time").asDouble());
            assertTrue(next.get("latency").asDouble() > 0 && next.get("latency").asDouble() < 10, "in seconds");
            assertEquals("C", next.get("experiments").get("SERVING").asString());
            assertEquals("[\"SERVING\"]", next.get("forced").toString());
            assertEquals(1, next.get("v").asInt());
            assertEquals(1, next.get("session").asInt());
            assertEquals(2, next.get("seq").asInt());
            assertEquals("contextual", next.get("recommender").asString());
            assertEquals(0, next.get("fallback").asInt());
            assertEquals(1.0 / 3, next.get("propensity").asDouble(), 1e-12);
            assertEquals(3, next.get("candidates").asInt());
            assertEquals(server.getJson("/health/ready").get("generation"), next.get("generation"));
            assertEquals("r", next.get("request_id").asString());
            assertEquals(next.get("recommendation"), next.get("recommendations").get(0));

            JsonNode last = lines.get(2);
            assertEquals("last", last.get("message").asString());
            assertTrue(last.get("recommendation").isNull());
            assertEquals(3, last.get("seq").asInt());
            assertFalse(last.has("propensity"));
        }
    }

    /** Players round durations and repeat looped tracks, so shares may exceed 1. */
    @Test
    void sharesAboveOneAreLoggedAsOne() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            server.getJson("/next_track?user=7&track=0&time=1.0000001");
            server.postJson("/next_track", "{\"user\":7,\"track\":1,\"time\":1.44}");
            server.post("/last/7", "{\"track\":2,\"time\":2}");
            List<Event> events = server.events();
            assertEquals(3, events.size());
            for (Event event : events) {
                assertEquals(1, Objects.requireNonNull(event.playback()).time());
            }
        }
    }

    @Test
    void silenceBeginsANewSession() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("history.session_timeout_minutes", "30")
                .start()) {
            server.post("/next/1", "{\"track\":0,\"time\":0.25}");
            server.now.addAndGet(TimeUnit.MINUTES.toMillis(31));
            server.post("/next/1", "{\"track\":0,\"time\":0.25}");
            List<Event> events = server.events();
            assertEquals(1, events.get(0).session());
            assertEquals(2, events.get(1).session());
            assertEquals(1, events.get(1).sequence());
        }
    }

    @Test
    void eventsOfAListenerAreLoggedInTheOrderOfTheirResponses() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.selectors", "4").start()) {
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                var thread = new Thread(() -> {
                    for (int i = 0; i < 100; i++) {
                        server.postAsync("/next/7", "{\"track\":0,\"time\":0.25}")
                                .join();
                    }
                });
                thread.start();
                clients.add(thread);
            }
            for (Thread client : clients) {
                client.join();
            }
            var events = server.events();
            for (int i = 0; i < 400; i++) {
                assertEquals(i + 1, events.get(i).sequence());
            }
        }
    }

    @Test
    void restartContinuesWhereTheLogEnded() throws Exception {
        String retry = "{\"user\":100,\"track\":1,\"time\":0.5,\"request_id\":\"r\",\"count\":3,\"explain\":true}";
        JsonNode first;
        JsonNode dryRun;
        try (TestServer server = TestServer.in(folder).start()) {
            server.post("/next/100", "{\"track\":0,\"time\":0.25}");
            first = server.postJson("/next_track", retry);
            dryRun = server.getJson("/next_track?user=100&track=2&time=1&explain=true&dry_run=true");
        }
        try (TestServer again = TestServer.in(folder).start()) {
            JsonNode repeated = again.postJson("/next_track", retry);
            ((ObjectNode) first.get("explanation")).putArray("why"); // the log does not have the reasons
            assertEquals(first, repeated, "request ids are remembered");
            assertEquals(
                    dryRun,
                    again.getJson("/next_track?user=100&track=2&time=1&explain=true"),
                    "histories are remembered");
            assertEquals(3, again.events().size());
        }
    }

    /** Disks fail and compression is interrupted; the server must start without a repair. */
    @Test
    void serversStartDespiteADamagedRotation() throws Exception {
        Path log = folder.resolve("log/data.json");
        try (TestServer server = TestServer.in(folder).start()) {
            server.post("/next/100", "{\"track\":0,\"time\":0.25}");
        }
        String line = Files.readString(log);
        long first = 1_700_000_000_000L;
        Files.writeString(
                folder.resolve("log/data.json.000001"), event(200, first) + "damaged\n" + event(300, first + 1));
        Files.writeString(log, line.replace("\"seq\":1", "\"seq\":2"));
        try (TestServer again = TestServer.in(folder).start()) {
            JsonNode next = again.getJson("/next_track?user=100&track=1&time=1&explain=true");
            assertEquals(3, next.get("explanation").get("seq").asInt());
            for (int user : List.of(200, 300)) {
                assertTrue(
                        session(again, user) > 9,
                        "session numbers are not reused, although the last one is unreadable");
            }
        }
    }

    @Test
    void rotationsAreReadAfterARestart() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("DATA_LOG_FILE_MAX_BYTES", "1000").start()) {
            for (int i = 0; i < 20; i++) {
                server.post("/next/100", "{\"track\":0,\"time\":0.25}");
            }
            assertTrue(server.get("/metrics")
                    .body()
                    .lines()
                    .anyMatch(line -> line.matches("segue_log_rotations_total [1-9].*")));
        }
        try (TestServer again = TestServer.in(folder).start()) {
            again.post("/next/100", "{\"track\":0,\"time\":0.25}");
            var sequences = new TreeSet<Integer>();
            again.events().forEach(event -> sequences.add(event.sequence()));
            assertEquals(21, sequences.size());
            assertEquals(21, sequences.last());
        }
    }

    /** The log has three files, three hours apart, with one listener each; the last three hours are read. */
    @Test
    void aStartReadsTheEndOfALongLog() throws Exception {
        TestServer first = TestServer.in(folder);
        Path log = folder.resolve("log/data.json");
        Files.createDirectories(log.getParent());
        long begun = first.now.get();
        Files.writeString(folder.resolve("log/data.json.000001"), event(100, begun));
        Files.writeString(folder.resolve("log/data.json.000002"), event(200, begun + HOURS_3));
        Files.writeString(log, event(300, begun + 2 * HOURS_3));
        first.now.set(begun + 2 * HOURS_3 + 1000);
        try (TestServer server = first.start()) {
            assertEquals(8, session(server, 300));
            assertEquals(9, session(server, 200), "after a silence");
            long seconds = (begun + HOURS_3) / 1000
                    - Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
            assertEquals(seconds + 1, session(server, 100), "the number of its last session was not read");
        }
        TestServer all = TestServer.in(folder).with("history.restore_minutes", "1000");
        all.now.set(first.now.get());
        try (TestServer server = all.start()) {
            assertEquals(9, session(server, 100), "all of the log was read");
        }
    }

    private static String event(int user, long timestamp) {
        return String.format(
                Locale.ROOT,
                "{\"message\":\"next\",\"timestamp\":%d,\"user\":%d,\"track\":0,\"time\":1,\"latency\":0,\"recommendation\":1,\"experiments\":{},\"v\":1,\"session\":8,\"seq\":1}%n",
                timestamp,
                user);
    }

    private static long session(TestServer server, int user) throws Exception {
        return server.getJson("/next_track?user=" + user + "&track=1&time=1&explain=true&dry_run=true")
                .get("explanation")
                .get("session")
                .asLong();
    }

    @Test
    @Timeout(120)
    void deletedRotationsAreCounted() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("DATA_LOG_FILE_MAX_BYTES", "1000")
                .with("DATA_LOG_FILE_BACKUP_COPIES", "2")
                .start()) {
            for (int i = 0; i < 40; i++) {
                server.post("/next/100", "{\"track\":0,\"time\":0.25}");
            }
            Waiting.until(
                    "deleted rotations are counted",
                    () -> server.get("/metrics")
                            .body()
                            .lines()
                            .anyMatch(line -> line.matches("segue_log_rotations_deleted_total [1-9].*")));
        }
    }
}
