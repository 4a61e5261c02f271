package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Listener 100 draws from the neighbours of the previous track, then from the top tracks 4 and 5, then from all six tracks. */
class ExcludeTest extends WithStartedServer {

    private JsonNode recommend(String exclude) throws Exception {
        return server.postJson(
                "/next_track",
                "{\"user\":100,\"track\":0,\"time\":1,\"count\":6,\"explain\":true,\"exclude\":" + exclude + "}");
    }

    private static Set<Integer> tracks(JsonNode response) {
        return response.get("tracks").valueStream().map(JsonNode::asInt).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void excludedTracksAreNotReturnedAndThePropensityIsOverTheOthers() throws Exception {
        for (int i = 0; i < 30; i++) {
            JsonNode response = recommend("{\"tracks\":[1,4]}");
            assertEquals(Set.of(0, 2, 3, 5), tracks(response));
            assertEquals(
                    response.get("track").asInt(), response.get("tracks").get(0).asInt());
            assertTrue(Set.of(2, 3).contains(response.get("track").asInt()), response.toString());
            assertEquals(0.5, response.get("explanation").get("propensity").asDouble());
            assertEquals(2, response.get("explanation").get("candidates").asInt());
        }
    }

    @Test
    void fallbacksDoNotReturnExcludedTracks() throws Exception {
        JsonNode topTracks = recommend("{\"tracks\":[1,2,3,4]}");
        assertEquals(5, topTracks.get("track").asInt());
        assertEquals("top-pop", topTracks.get("explanation").get("recommender").asString());
        JsonNode any = recommend("{\"tracks\":[1,2,3,4,5]}");
        assertEquals(Set.of(0), tracks(any));
        assertEquals("random", any.get("explanation").get("recommender").asString());
        assertEquals(1, any.get("explanation").get("propensity").asDouble());
    }

    @Test
    void allTracksOfAnExcludedArtistAreLeftOut() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertEquals(Set.of(0, 2, 4), tracks(recommend("{\"artists\":[\"Odd\"]}")));
        }
        assertEquals(Set.of(2, 4), tracks(recommend("{\"artists\":[\"Odd\"],\"tracks\":[0,1]}")));
    }

    @Test
    void theExplanationNamesExcludedTracksAndArtistsOfTheCatalog() throws Exception {
        JsonNode rules = recommend("{\"tracks\":[4711,2,2],\"artists\":[\"Nobody\",\"odd\",\"Odd\"]}")
                .get("explanation")
                .get("rules");
        assertEquals("[{\"rule\":\"exclude\",\"tracks\":[2],\"artists\":[\"Odd\"]}]", rules.toString());
        for (String nothing : List.of("{}", "{\"tracks\":[],\"artists\":[]}", "{\"tracks\":[4711]}")) {
            assertEquals(
                    "[]", recommend(nothing).get("explanation").get("rules").toString(), nothing);
        }
    }

    @Test
    void exclusionsApplyToOneRequest() throws Exception {
        recommend("{\"tracks\":[1,2,3]}");
        JsonNode later = server.getJson("/next_track?user=100&track=0&time=1&count=6");
        assertEquals(Set.of(0, 1, 2, 3, 4, 5), tracks(later));
    }

    @Test
    void botifysNextAcceptsExclusionsAndItsLastDoesNot() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    3,
                    server.postJson("/next/100", "{\"track\":0,\"time\":1,\"exclude\":{\"tracks\":[1,2]}}")
                            .get("track")
                            .asInt());
        }
        var last = server.post("/last/100", "{\"track\":0,\"time\":1,\"exclude\":{\"tracks\":[1,2]}}");
        assertEquals(400, last.statusCode());
        assertTrue(last.body().contains("unknown field \\\"exclude\\\""), last.body());
    }

    @Test
    void urlsRepeatTheParameterForEachTrackAndArtist() throws Exception {
        for (int i = 0; i < 10; i++) {
            JsonNode response = server.getJson(
                    "/next_track?user=100&track=0&time=1&count=6&exclude_track=2&exclude_artist=Odd&exclude_track=0");
            assertEquals(Set.of(4), tracks(response));
        }
    }

    @Test
    void requestsThatExcludeEverythingGet422AndLeaveNoTrace() throws Exception {
        for (String query : List.of(
                "exclude_artist=Odd&exclude_artist=Even",
                "exclude_artist=Odd&dry_run=true" + "&exclude_track=0&exclude_track=2&exclude_track=4")) {
            var refused = server.get("/next_track?user=100&track=0&time=1&" + query);
            assertEquals(422, refused.statusCode());
            JsonNode problem = TestServer.json(refused);
            assertEquals("Unprocessable Content", problem.get("title").asString());
            assertEquals(
                    "exclude leaves none of the catalog's 6 tracks; exclude fewer tracks or artists",
                    problem.get("detail").asString());
        }
        var botify = server.post("/next/100", "{\"track\":0,\"time\":1,\"exclude\":{\"artists\":[\"Odd\",\"Even\"]}}");
        assertEquals(422, botify.statusCode());
        assertEquals(List.of(), server.logLines());
        assertTrue(server.get("/metrics").body().contains("\nsegue_listeners 0.0\n"), "no listener is remembered");
        assertEquals(1, recommend("{}").get("explanation").get("seq").asInt(), "the refused playback was not recorded");
    }

    @Test
    void exclusionsHavePrecedenceOverRules() throws Exception {
        server.close();
        server = TestServer.in(folder);
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"rules\": [\"no-repeat\"], "));
        server.start();
        for (int i = 0; i < 10; i++) {
            JsonNode response = recommend("{\"tracks\":[1,2,3,4,5]}");
            assertEquals(0, response.get("track").asInt(), "just played, but no other track is left");
            assertEquals(Set.of(0), tracks(response));
            assertEquals(
                    "exclude no-repeat",
                    response.get("explanation")
                            .get("rules")
                            .valueStream()
                            .map(rule -> rule.get("rule").asString())
                            .collect(Collectors.joining(" ")));
        }
    }

    @Test
    void retriesDoNotReturnExcludedTracks() throws Exception {
        String retry = "{\"track\":0,\"time\":1,\"request_id\":\"a\",\"exclude\":{\"tracks\":[%s]}}";
        int track =
                server.postJson("/next/100", retry.formatted("1")).get("track").asInt();
        assertEquals(
                track,
                server.postJson("/next/100", retry.formatted("1")).get("track").asInt());
        assertEquals(409, server.post("/next/100", retry.formatted(track)).statusCode());
        assertEquals(1, server.logLines().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | exclude must be an object such as {\"tracks\":[10],\"artists\":[\"A name\"]}",
                "null | exclude must be an object",
                "{\"track\":[1]} | unknown field \"track\" in exclude; known: artists, tracks",
                "{\"tracks\":1} | exclude.tracks must be an array",
                "{\"tracks\":[1,\"\"]} | exclude.tracks[1]: a track's string id has 1 to 128 characters, not 0",
                "{\"tracks\":[-1]} | exclude.tracks[0] must be an integer from 0 to 2147483647",
                "{\"tracks\":[[1]]} | exclude.tracks[0] must be an integer",
                "{\"artists\":\"A\"} | exclude.artists must be an array",
                "{\"artists\":[1]} | exclude.artists[0] must be a string",
                "{\"artists\":[\"A\",\"\"]} | exclude.artists[1] must have 1 to 1000 characters",
                "{\"artists\":[\"\\uD800\"]} | exclude.artists[0] must have 1 to 1000 characters of valid Unicode",
                "{\"tracks\":[1],\"tracks\":[2]} | uplicate",
                "{\"tracks\":[1 | the body is no JSON object"
            })
    void malformedExclusionsAreRefusedWithTheirPlace(String exclude, String detail) throws Exception {
        var refused = server.post("/next_track", "{\"user\":100,\"exclude\":" + exclude + "}");
        assertEquals(400, refused.statusCode());
        String actual = TestServer.json(refused).get("detail").asString();
        assertTrue(actual.contains(detail), actual);
        assertEquals(List.of(), server.logLines());
    }

    @Test
    void exclusionsAreBounded() throws Exception {
        String maximum = IntStream.range(0, 1000).mapToObj(i -> "1").collect(Collectors.joining(","));
        assertEquals(
                200,
                server.post("/next_track", "{\"user\":100,\"exclude\":{\"tracks\":[" + maximum + "]}}")
                        .statusCode());
        var tooMany = server.post("/next_track", "{\"user\":100,\"exclude\":{\"tracks\":[" + maximum + ",1]}}");
        assertEquals(400, tooMany.statusCode());
        assertTrue(tooMany.body().contains("exclude.tracks has more than 1000 values; leave some out"), tooMany.body());
        var tooLong =
                server.post("/next_track", "{\"user\":100,\"exclude\":{\"artists\":[\"" + "x".repeat(1001) + "\"]}}");
        assertEquals(400, tooLong.statusCode());
        var artists = server.post(
                "/next_track", "{\"user\":100,\"exclude\":{\"artists\":[" + "\"A\",".repeat(1000) + "\"A\"]}}");
        assertTrue(artists.body().contains("exclude.artists has more than 1000 values"), artists.body());
    }

    @ParameterizedTest
    @CsvSource({
        "exclude_track=-1, exclude_track: the id is neither an integer from 0 to 2147483647",
        "exclude_track=1&exclude_track=, exclude_track: a track's string id has 1 to 128 characters",
        "exclude_artist=, exclude_artist must have 1 to 1000 characters",
        "exclude=1, unknown field"
    })
    void malformedParametersAreRefused(String query, String detail) throws Exception {
        var refused = server.get("/next_track?user=100&" + query);
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains(detail), refused.body());
    }
}
