package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogs;
import dev.segue.event.LogRules;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Listener 100 draws from the neighbours of the previous track, then from the top tracks 4 and 5, then from all six tracks. The rules
 * no-repeat and skip-memory apply.
 */
class SessionInRequestTest {

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder);
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "\\{",
                                "{\"rules\": [\"no-repeat\", {\"type\": \"skip-memory\", \"resembling\": 0}], "));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode next(String session, String more) throws Exception {
        var response = server.post("/next_track", "{\"user\":100,\"session\":" + session + more + "}");
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response);
    }

    private static String playbacks(String... tracksAndTimes) {
        return IntStream.range(0, tracksAndTimes.length / 2)
                .mapToObj(i -> "{\"track\":" + tracksAndTimes[2 * i] + ",\"time\":" + tracksAndTimes[2 * i + 1] + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void recommendersAndRulesUseTheGivenSession() throws Exception {
        for (int i = 0; i < 20; i++) {
            JsonNode response = next(playbacks("0", "1", "1", "1"), ",\"explain\":true");
            assertTrue(Set.of(2, 3).contains(response.get("track").asInt()), response.toString());
            assertEquals(0.5, response.get("explanation").get("propensity").asDouble());
            assertEquals(
                    "[{\"rule\":\"no-repeat\",\"tracks\":[0,1],\"artists\":[]}]",
                    response.get("explanation").get("rules").toString());
        }
        JsonNode skipped = next(playbacks("0", "1", "1", "0.1", "2", "0.1"), ",\"explain\":true");
        assertEquals(3, skipped.get("track").asInt(), "the neighbour of the liked track 0 that was not played");
        assertTrue(
                skipped.get("explanation").get("why").toString().contains("Skipped in this session: “Title 1”"),
                skipped.toString());
    }

    @Test
    void historyIsNeitherReadNorWritten() throws Exception {
        server.getJson("/next_track?user=100&track=1&time=1");
        Set<Integer> drawn = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            drawn.add(next(playbacks("0", "1"), "").get("track").asInt());
        }
        assertEquals(
                Set.of(1, 2, 3), drawn, "equal requests get independent draws; track 1 was not played in this session");
        JsonNode later = server.getJson("/next_track?user=100&track=2&time=1&explain=true");
        assertEquals(2, later.get("explanation").get("seq").asInt());
        server.post("/next_track", "{\"user\":7,\"session\":[]}");
        assertTrue(server.get("/metrics").body().contains("\nsegue_listeners 1.0\n"), "listener 7 has no history");
    }

    @Test
    void theEventIsLoggedWithTheLastPlayback() throws Exception {
        next("[]", "");
        next(playbacks("0", "1", "\"unknown\"", "0.25"), ",\"count\":2");
        JsonNode start = server.logLines().get(0);
        assertEquals("start", start.get("message").asString());
        JsonNode line = server.logLines().get(1);
        assertEquals("next", line.get("message").asString());
        assertEquals("unknown", line.get("track").asString());
        assertEquals(0.25, line.get("time").asDouble());
        assertEquals(0, line.get("session").asInt());
        assertEquals(0, line.get("seq").asInt());
        assertEquals("C", line.get("experiments").get("SERVING").asString());
        assertTrue(line.get("propensity").asDouble() > 0);
        assertEquals(2, line.get("recommendations").size());
    }

    @Test
    void readersOfLogsPartSuchSessionsByStart() throws Exception {
        for (int session = 0; session < 2; session++) {
            next("[]", "");
            next(playbacks("0", "1"), "");
            next(playbacks("0", "1", "1", "0.5"), "");
            server.now.addAndGet(1000);
        }
        try (var sessions = new SessionReader(
                EventLogs.find(List.of(folder.resolve("log/data.json").toString()), LogRules.SERVED)
                        .open(),
                SessionRule.DEFAULT)) {
            assertEquals(3, Objects.requireNonNull(sessions.next()).events().size());
            assertEquals(3, Objects.requireNonNull(sessions.next()).events().size());
        }
    }

    @Test
    void aRestartRestoresNoHistoryButTheResponses() throws Exception {
        JsonNode first = next(playbacks("0", "1"), ",\"request_id\":\"a\"");
        next(playbacks("0", "1", "1", "1"), "");
        server.close();
        server.start();
        assertEquals(first, next(playbacks("0", "1"), ",\"request_id\":\"a\""));
        JsonNode stateful = server.getJson("/next_track?user=100&track=2&time=1&explain=true");
        assertEquals(1, stateful.get("explanation").get("seq").asInt());
        assertEquals(
                "[{\"rule\":\"no-repeat\",\"tracks\":[2],\"artists\":[]}]",
                stateful.get("explanation").get("rules").toString());
    }

    @Test
    void aRetryGetsTheFirstResponse() throws Exception {
        String retry = ",\"request_id\":\"a\"";
        JsonNode first = next(playbacks("0", "1"), retry);
        for (int i = 0; i < 10; i++) {
            assertEquals(first, next(playbacks("0", "1"), retry));
        }
        assertEquals(1, server.logLines().size());
        for (String other :
                List.of("\"session\":" + playbacks("0", "0.5"), "\"track\":0,\"time\":1", "\"session\":[]")) {
            assertEquals(
                    409,
                    server.post("/next_track", "{\"user\":100," + other + retry + "}")
                            .statusCode(),
                    other);
        }
    }

    @Test
    void aDryRunLogsNothing() throws Exception {
        next(playbacks("0", "1"), ",\"dry_run\":true");
        assertEquals(List.of(), server.logLines());
    }

    @Test
    void sharesAboveOneCountOnceForTheLastPlayback() throws Exception {
        next(playbacks("0", "1.5", "1", "1.5"), "");
        next(playbacks("0", "1.5", "1", "1"), "");
        assertTrue(server.get("/metrics").body().contains("\nsegue_clamped_shares_total 1.0\n"));
        assertEquals(1, server.logLines().get(0).get("time").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | session must be an array such as [{\"track\":10,\"time\":0.3}]",
                "null | session must be an array",
                "[1] | session[0] must be an object such as {\"track\":10,\"time\":0.3}",
                "[{}] | session[0] is empty; give track and time",
                "[{\"track\":1,\"time\":1},{\"track\":1}] | session[1].track is given without time; give both",
                "[{\"time\":1}] | session[0].time is given without track; give both",
                "[{\"track\":-1,\"time\":1}] | session[0].track must be an integer from 0 to 2147483647",
                "[{\"track\":\"\",\"time\":1}] | session[0].track: a track's string id has 1 to 128 characters",
                "[{\"track\":1,\"time\":2.5}] | session[0].time must be a number from 0 to 1",
                "[{\"track\":1,\"time\":\"1\"}] | session[0].time must be a number from 0 to 1",
                "[{\"track\":1,\"time\":1,\"user\":1}] | unknown field \"user\" in session[0]; known: time, track",
                "[{\"track\":1,\"time\":1}],\"track\":1,\"time\":1 | session is given with track and time; give either",
                "[],\"track\":1,\"time\":1 | session is given with track and time",
                "[{\"track\":1,\"time\":1} | the body is no JSON object at line 1, column"
            })
    void malformedSessionsAreRefusedWithTheirPlace(String session, String detail) throws Exception {
        var refused = server.post("/next_track", "{\"user\":100,\"session\":" + session + "}");
        assertEquals(400, refused.statusCode());
        String actual = TestServer.json(refused).get("detail").asString();
        assertTrue(actual.contains(detail), actual);
        assertEquals(List.of(), server.logLines());
    }

    @Test
    void sessionsAreBounded() throws Exception {
        server.close();
        server.with("server.max_body_bytes", "100000").start();
        String playback = "{\"track\":0,\"time\":1}";
        assertEquals(
                200,
                server.post("/next_track", body((playback + ",").repeat(999) + playback))
                        .statusCode());
        var tooMany = server.post("/next_track", body((playback + ",").repeat(1000) + playback));
        assertEquals(400, tooMany.statusCode());
        assertTrue(
                tooMany.body().contains("session has more than 1000 playbacks; leave out the first ones"),
                tooMany.body());
    }

    private static String body(String playbacks) {
        return "{\"user\":100,\"session\":[" + playbacks + "]}";
    }

    @Test
    void onlyPostNextTrackTakesASession() throws Exception {
        assertEquals(400, server.get("/next_track?user=1&session=1").statusCode());
        assertEquals(400, server.post("/next/1", "{\"session\":[]}").statusCode());
    }
}
