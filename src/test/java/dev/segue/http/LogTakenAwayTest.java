package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another program removes, renames or replaces the log of a running server. Listeners 1 to 5 have at most one event. */
@Timeout(60)
class LogTakenAwayTest {

    @TempDir
    Path folder;

    private Path log;

    @SuppressWarnings("NullAway.Init") // started before each test
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        log = folder.resolve("log/data.json");
        server = TestServer.in(folder).with("server.log_wait_ms", "5000").start();
        recommend(1, 2, 3);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void removedLogIsRecreatedAndCounted() throws Exception {
        Files.delete(log);
        recommend(4, 5);
        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), listeners());
        assertMetric("segue_log_taken_away_total{how=\"removed\"} 1");
        assertMetric("segue_log_taken_away_total{how=\"renamed\"} 0");
        assertMetric("segue_log_events_rewritten_total 3");
        assertMetric("segue_log_writable 1");
    }

    @Test
    void renamedLogIsRecreatedAsLogrotateExpects() throws Exception {
        Files.move(log, folder.resolve("log/old.json"));
        recommend(4, 5);
        assertEquals(Set.of(4L, 5L), listeners());
        assertMetric("segue_log_taken_away_total{how=\"renamed\"} 1");
        assertMetric("segue_log_events_rewritten_total 0");
    }

    @Test
    void replacedLogIsContinued() throws Exception {
        Path copy = Files.copy(log, folder.resolve("copy"));
        Files.move(copy, log, StandardCopyOption.ATOMIC_MOVE);
        recommend(4, 5);
        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), listeners());
        assertEquals(5, server.events().size());
        assertMetric("segue_log_taken_away_total{how=\"replaced\"} 1");
    }

    @Test
    void serverWithoutItsLogFolderIsNotReadyAndAcknowledgesNothing() throws Exception {
        Path moved = Files.move(log.getParent(), folder.resolve("moved"));
        Waiting.until("the server is not ready", () -> !server.server().isReady()); // without requests meanwhile
        var ready = server.get("/health/ready");
        assertEquals(503, ready.statusCode());
        assertTrue(ready.body().contains("the folder " + log.getParent() + " is gone"), ready.body());
        assertEquals(503, server.get("/next_track?user=4").statusCode());
        assertMetric("segue_log_writable 0");

        Files.move(moved, log.getParent());
        server.awaitWritable();
        recommend(5);
        assertEquals(200, server.get("/health/ready").statusCode());
        assertEquals(Set.of(1L, 2L, 3L, 5L), listeners());
    }

    @Test
    void liveReportContinuesWithTheNewFile() throws Exception {
        for (int user = 200; user < 220; user++) {
            session(user);
        }
        int before = exposed();
        Files.move(log, folder.resolve("log/old.json"));
        session(300);
        assertEquals(before + 1, exposed());
    }

    private void session(int user) throws Exception {
        server.post("/next/" + user, "{\"track\":0,\"time\":1}");
        server.post("/last/" + user, "{\"track\":1,\"time\":0.5}");
    }

    private int exposed() throws Exception {
        int exposed = 0;
        for (var arm : server.getJson("/experiments/SERVING/report").get("arms")) {
            exposed += arm.get("exposed").asInt();
        }
        return exposed;
    }

    private void recommend(int... users) throws Exception {
        for (int user : users) {
            assertEquals(200, server.get("/next_track?user=" + user).statusCode());
        }
    }

    private Set<Long> listeners() {
        Set<Long> listeners = new TreeSet<>();
        server.events().forEach(event -> listeners.add(event.listener().key()));
        return listeners;
    }

    private void assertMetric(String line) throws Exception {
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("\n" + line), metrics);
    }
}
