package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server takes samples by itself too, so that the tests look for samples and do not count them. */
class TrafficHistoryTest {

    @TempDir
    private Path folder;

    private final StallingDisk disk = new StallingDisk();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private TestServer server;

    @AfterEach
    void stop() {
        disk.work();
        server.close();
    }

    private List<JsonNode> samples() throws Exception {
        server.server().sampleTraffic();
        return server.getJson("/traffic").get("samples").valueStream().toList();
    }

    private static boolean isAbove0(JsonNode sample, String member) {
        return sample.get(member).asDouble() > 0;
    }

    private static void assertSomeAbove0(String member, List<JsonNode> samples) {
        assertTrue(samples.stream().anyMatch(sample -> isAbove0(sample, member)), () -> member + " in " + samples);
    }

    private static void assertNoneAbove0(String member, List<JsonNode> samples) {
        assertTrue(samples.stream().noneMatch(sample -> isAbove0(sample, member)), () -> member + " in " + samples);
    }

    @Test
    void theTrafficSinceTheStartIsKept() throws Exception {
        server = TestServer.in(folder).start();
        server.get("/next_track?user=1");
        assertSomeAbove0("per_second", samples());
        List<JsonNode> samples = samples();
        JsonNode busy = samples.stream()
                .filter(sample -> isAbove0(sample, "per_second"))
                .findFirst()
                .orElseThrow();
        assertTrue(busy.get("p99_us").asDouble() >= busy.get("p50_us").asDouble(), busy::toString);
        JsonNode last = samples.get(samples.size() - 1);
        assertEquals(0, last.get("per_second").asDouble());
        assertTrue(last.get("p99_us").isNull(), "there was no response since the sample before");
        assertTrue(isAbove0(last, "connections"), last::toString);
        assertNoneAbove0("status_4xx_per_second", samples);
        assertNoneAbove0("status_503_per_second", samples);
        assertNoneAbove0("other_5xx_per_second", samples);
    }

    @Test
    void errorsAreKeptByKind() throws Exception {
        server = TestServer.in(folder).start();
        server.get("/next_track?user=");
        assertSomeAbove0("status_4xx_per_second", samples());
        Files.delete(folder.resolve("tracks.json"));
        assertEquals(500, server.post("/admin/reload", "").statusCode());
        List<JsonNode> samples = samples();
        assertSomeAbove0("other_5xx_per_second", samples);
        assertNoneAbove0("status_503_per_second", samples);
    }

    @Test
    void theBacklogOfTheLogAndItsResponsesAreKept() throws Exception {
        server =
                TestServer.in(folder).with(disk).with("server.log_wait_ms", "1").start();
        disk.stall();
        assertEquals(503, server.get("/next_track?user=1").statusCode());
        List<JsonNode> samples = samples();
        assertSomeAbove0("log_backlog_bytes", samples);
        assertSomeAbove0("status_503_per_second", samples);
        assertNoneAbove0("other_5xx_per_second", samples);
    }
}
