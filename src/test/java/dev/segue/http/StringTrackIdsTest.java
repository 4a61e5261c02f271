package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.TrackIds;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The catalog has the tracks "spotify:track:a", "b \"c\"", "7" and 7, each with the next one as its neighbour. */
class StringTrackIdsTest {

    private static final String A = "spotify:track:a";
    private static final String B = "b \"c\"";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder);
        String catalog = """
                {"track":"spotify:track:a","artist":"One","title":"First","recommendations":["b \\"c\\""]}
                {"track":"b \\"c\\"","artist":"One","title":"Second","recommendations":["7"]}
                {"track":"7","artist":"Two","title":"Third","recommendations":[7]}
                {"track":7,"artist":"Two","title":"Fourth","recommendations":["spotify:track:a","b \\"c\\""]}
                """;
        Files.writeString(folder.resolve("tracks.json"), catalog);
        Files.writeString(folder.resolve("tracks_nn.json"), catalog);
        Files.writeString(folder.resolve("top.json"), "[\"spotify:track:a\"]");
        Files.writeString(folder.resolve("recommendations.json"), "{\"user\":1,\"tracks\":[\"7\",7]}\n");
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode next(String track) throws Exception {
        return server.postJson("/next_track", "{\"user\":100,\"track\":" + track + ",\"time\":1}");
    }

    @Test
    void responsesAndLogLinesHaveTheIdsOfTheCatalog() throws Exception {
        assertEquals(
                "{\"user\":100,\"track\":\"b \\\"c\\\"\"}",
                next("\"spotify:track:a\"").toString());
        assertEquals("\"7\"", next("\"b \\\"c\\\"\"").get("track").toString());
        assertEquals("7", next("\"7\"").get("track").toString());
        List<JsonNode> lines = server.logLines();
        assertEquals("\"spotify:track:a\"", lines.get(0).get("track").toString());
        assertEquals("\"b \\\"c\\\"\"", lines.get(0).get("recommendation").toString());
        assertEquals("\"7\"", lines.get(2).get("track").toString());
        assertEquals("7", lines.get(2).get("recommendation").toString());
    }

    @Test
    void aListHasIdsOfBothTypes() throws Exception {
        JsonNode response =
                server.postJson("/next_track", "{\"user\":1,\"track\":7,\"time\":1,\"count\":4,\"explain\":true}");
        Set<String> tracks = Set.of("\"" + A + "\"", "\"b \\\"c\\\"\"", "\"7\"", "7");
        assertEquals(
                tracks,
                Set.copyOf(response.get("tracks")
                        .valueStream()
                        .map(JsonNode::toString)
                        .toList()));
        assertEquals(response.get("tracks"), server.logLines().get(0).get("recommendations"));
        assertTrue(
                response.get("explanation").get("why").toString().contains("“Fourth” by Two (100% played)"),
                response.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spotify:track:a    | "b \\"c\\""
            spotify%3Atrack%3Aa| "b \\"c\\""
            """)
    void aParameterNamesAString(String parameter, String expected) throws Exception {
        JsonNode response = server.getJson("/next_track?user=100&track=" + parameter + "&time=1");
        assertEquals(expected, response.get("track").toString());
    }

    @Test
    void botifysEndpointsAcceptBothTypes() throws Exception {
        JsonNode response = server.postJson("/next/100", "{\"track\":\"spotify:track:a\",\"time\":1}");
        assertEquals(B, response.get("track").asString());
        assertEquals(
                200, server.post("/last/100", "{\"track\":\"7\",\"time\":0.5}").statusCode());
        assertEquals("\"7\"", server.logLines().get(1).get("track").toString());
        JsonNode track = server.getJson("/track/" + "b%20%22c%22");
        assertEquals(
                "{\"track\":\"b \\\"c\\\"\",\"artist\":\"One\",\"title\":\"Second\",\"recommendations\":[\"7\"]}",
                track.toString());
    }

    @Test
    void exclusionsAcceptBothTypes() throws Exception {
        for (int i = 0; i < 10; i++) {
            JsonNode response = server.postJson(
                    "/next_track",
                    "{\"user\":100,\"track\":7,\"time\":1,\"explain\":true,\"exclude\":{\"tracks\":[\"b \\\"c\\\"\",\"?\"]}}");
            assertEquals(A, response.get("track").asString());
            assertEquals(
                    "[{\"rule\":\"exclude\",\"tracks\":[\"b \\\"c\\\"\"],\"artists\":[]}]",
                    response.get("explanation").get("rules").toString());
            JsonNode byParameter =
                    server.getJson("/next_track?user=100&track=spotify:track:a&time=1&exclude_track=b+%22c%22");
            assertFalse(byParameter.get("track").asString("").equals(B), byParameter.toString());
        }
    }

    @Test
    void digitsInAParameterAreTheIntegerIfTheCatalogHasBoth() throws Exception {
        JsonNode response = server.getJson("/next_track?user=100&track=7&time=1");
        assertTrue(Set.of(A, B).contains(response.get("track").asString()), response.toString());
        assertEquals("7", server.logLines().get(0).get("track").toString());
    }

    @Test
    void theExplorerFindsStringIds() throws Exception {
        JsonNode found = server.getJson("/tracks?q=spotify");
        assertEquals(
                "[{\"track\":\"spotify:track:a\",\"artist\":\"One\",\"title\":\"First\"}]",
                found.get("tracks").toString());
        JsonNode neighbours = server.getJson("/tracks/spotify:track:a/neighbours");
        assertEquals(B, neighbours.get("contextual").get(0).get("track").asString());
        assertEquals(404, server.get("/track/unknown").statusCode());
    }

    @Test
    void anUnknownTrackIsLoggedAndRequestsAddNoIds() throws Exception {
        String unknown = "unknown to the catalog";
        JsonNode response = server.postJson(
                "/next_track", "{\"user\":100,\"track\":\"" + unknown + "\",\"time\":1,\"explain\":true}");
        assertEquals("top-pop", response.get("explanation").get("recommender").asString());
        assertEquals(unknown, server.logLines().get(0).get("track").asString());
        assertEquals(TrackIds.UNKNOWN, TrackIds.find(unknown));
        server.close();
        server.start(); // reads the log
        assertEquals(TrackIds.UNKNOWN, TrackIds.find(unknown));
        assertEquals(
                2,
                server.postJson("/next_track", "{\"user\":100,\"track\":\"" + A + "\",\"time\":1,\"explain\":true}")
                        .get("explanation")
                        .get("seq")
                        .asInt());
    }

    @Test
    void aRetriedRequestIsRecognised() throws Exception {
        String body = "{\"user\":100,\"track\":\"never seen\",\"time\":1,\"request_id\":\"r\"}";
        JsonNode response = server.postJson("/next_track", body);
        assertEquals(response, server.postJson("/next_track", body));
        assertEquals(
                409,
                server.post("/next_track", body.replace("never seen", "not seen"))
                        .statusCode());
        server.close();
        server.start();
        assertEquals(response, server.postJson("/next_track", body));
        assertEquals(
                409, server.post("/next_track", body.replace("never seen", A)).statusCode());
        assertEquals(1, server.logLines().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "-1", "1.5", "2147483648", "null", "[\"7\"]", "\"\\ud800\"", "true"})
    void anInvalidIdIsReported(String track) throws Exception {
        assertProblem(server.post("/next_track", "{\"user\":100,\"track\":" + track + ",\"time\":1}"));
    }

    @Test
    void anIdHasAtMost128Characters() throws Exception {
        assertProblem(server.post("/next_track", "{\"user\":1,\"track\":\"" + "x".repeat(129) + "\",\"time\":1}"));
        assertEquals(
                200,
                server.post("/next_track", "{\"user\":1,\"track\":\"" + "é".repeat(128) + "\",\"time\":1}")
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "00009", "1.5", "2147483648"})
    void anInvalidParameterIsReported(String track) throws Exception {
        assertProblem(server.get("/next_track?user=100&track=" + track + "&time=1"));
    }

    private void assertProblem(HttpResponse<String> response) throws IOException {
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(TestServer.json(response).get("detail").asString().startsWith("track"), response.body());
        assertEquals(List.of(), server.logLines());
    }
}
