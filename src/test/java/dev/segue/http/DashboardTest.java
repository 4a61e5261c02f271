package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests the endpoints that the pages use. */
class DashboardTest {

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/tracks|400|exactly one parameter is required",
                "/tracks?q=a&id=1|400|exactly one parameter is required",
                "/tracks?id=1&id=99|404|no track 99 in the catalog",
                "/tracks?id=|400|track : a track's string id has 1 to 128",
                "/tracks?q=|400|exactly one parameter is required",
                "/tracks?q=a&x=1|400|exactly one parameter is required",
                "/tracks/99/neighbours|404|no track 99 in the catalog",
                "/tracks/-1/neighbours|400|track -1: the id is neither an integer",
                "/tracks/1/other|404|",
                "/experiments/SERVING/other|404|",
                "/experiments/OTHER/report|404|no such experiment; there are: SERVING, ASIDE"
            })
    void invalidRequestsGetProblems(String path, int status, String detail) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertTrue(response.body().contains(detail == null ? "" : detail), response.body());
    }

    @Test
    void tracksMatchAllWordsOfAQuery() throws Exception {
        assertEquals(List.of(1, 3, 5), tracks("odd"));
        assertEquals(List.of(3), tracks("TITLE%20odd%203"));
        assertEquals(List.of(4), tracks("4"));
        assertEquals(List.of(), tracks("odd%20even"));
    }

    private static List<Integer> tracks(String words) throws Exception {
        return server.getJson("/tracks?q=" + words)
                .get("tracks")
                .valueStream()
                .map(track -> track.get("track").intValue())
                .toList();
    }

    @Test
    void tracksOfIdsAreInTheirOrder() throws Exception {
        JsonNode response = server.getJson("/tracks?id=3&id=0&id=3");
        assertEquals("Title 3", response.at("/tracks/0/title").asString());
        assertEquals(0, response.at("/tracks/1/track").intValue());
        assertEquals(3, response.at("/tracks/2/track").intValue());
    }

    @Test
    void tooManyIdsGet400() throws Exception {
        assertEquals(200, server.get("/tracks?id=1" + "&id=1".repeat(99)).statusCode());
        HttpResponse<String> response = server.get("/tracks?id=1" + "&id=1".repeat(100));
        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("give it at most 100 times"), response.body());
    }

    @Test
    void serverNamesWhatRunsSinceWhen(@TempDir Path other) throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (TestServer fresh = TestServer.in(other).start()) {
            JsonNode description = fresh.getJson("/server");
            Instant started = Instant.parse(description.get("started").asString());
            assertFalse(started.isBefore(before) || started.isAfter(Instant.now()), started::toString);
            assertTrue(description.get("uptime_seconds").isIntegralNumber());
            assertEquals(6, description.get("tracks").intValue());
            assertEquals("SERVING", description.get("experiment").asString());
            assertEquals(
                    fresh.server().generation(), description.get("generation").asString());
        }
    }

    @Test
    void neighboursOfBothCatalogsHaveNames() throws Exception {
        JsonNode response = server.getJson("/tracks/1/neighbours");
        assertEquals("Odd", response.get("artist").asString());
        assertEquals(3, response.get("contextual").size());
        assertEquals("Title 5", response.at("/new/1/title").asString());
    }

    @Test
    void reportsWithoutSessionsGet409(@TempDir Path other) throws Exception {
        try (TestServer fresh = TestServer.in(other).start()) {
            HttpResponse<String> response = fresh.get("/experiments/ASIDE/report");
            assertEquals(409, response.statusCode());
            assertTrue(response.body().contains("the log has no"), response.body());
        }
    }

    @Test
    void reportFollowsTheLog() throws Exception {
        for (int listener = 0; listener < 12; listener++) {
            String user = "" + (200 + listener);
            server.post("/next/" + user, "{\"track\":1,\"time\":1}");
            server.post("/last/" + user, "{\"track\":2,\"time\":0." + listener % 10 + "}");
        }
        JsonNode report = server.getJson("/experiments/SERVING/report");
        int before = listeners(report);
        assertEquals(12, before);
        assertEquals("mean_time_per_session", report.get("primary").asString());
        assertEquals(15, report.get("effects").size(), "the catalog has artists");
        server.post("/next/300", "{\"track\":1,\"time\":1}");
        server.post("/last/300", "{\"track\":2,\"time\":1}");
        assertEquals(13, listeners(server.getJson("/experiments/SERVING/report")));
    }

    /** The oldest file of the log is a pipe without a writer, so reading it blocks. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void slowReportsDoNotBlockRequests(@TempDir Path other) throws Exception {
        try (TestServer waiting = TestServer.in(other).start()) {
            Path pipe = other.resolve("log/data.json.000001");
            assertEquals(
                    0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
            List<CompletableFuture<HttpResponse<String>>> reports = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                reports.add(waiting.getAsync("/experiments/SERVING/report"));
            }
            for (int listener = 0; listener < 20; listener++) {
                HttpResponse<String> response = waiting.post("/next/" + listener, "{\"track\":1,\"time\":1}");
                assertEquals(200, response.statusCode(), response::body);
            }
            assertTrue(reports.stream().noneMatch(CompletableFuture::isDone), "the reports wait");
            Files.writeString(pipe, "");
            for (CompletableFuture<HttpResponse<String>> report : reports) {
                assertEquals(409, report.get(60, TimeUnit.SECONDS).statusCode(), "no session has ended");
            }
        }
    }

    private static int listeners(JsonNode report) {
        return report.at("/arms/0/exposed").intValue()
                + report.at("/arms/1/exposed").intValue();
    }
}
