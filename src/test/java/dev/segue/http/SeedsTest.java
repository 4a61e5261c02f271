package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Listener 100 draws from the neighbours of the previous track, then from the top tracks 4 and 5, then from all six tracks. */
class SeedsTest extends WithStartedServer {

    private void restartWith(String file, String content) throws Exception {
        server.close();
        server = TestServer.in(folder);
        Files.writeString(folder.resolve(file), content);
        server.start();
    }

    private void restartWithRules(String rules) throws Exception {
        server.close();
        server = TestServer.in(folder).withRules(rules).start();
    }

    private JsonNode next(String seeds, String more) throws Exception {
        var response = server.post("/next_track", "{\"user\":100,\"explain\":true,\"seeds\":" + seeds + more + "}");
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response);
    }

    private Set<Integer> recommended(String seeds, String more) throws Exception {
        Set<Integer> tracks = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            tracks.add(next(seeds, more).get("track").asInt());
        }
        return tracks;
    }

    @Test
    void aSessionBeginsWithNeighboursOfTheLastSeed() throws Exception {
        assertEquals(Set.of(1, 2, 3), recommended("{\"tracks\":[0]}", ""));
        assertEquals(Set.of(0, 1, 3), recommended("{\"tracks\":[0,2]}", ""));
        JsonNode explanation = next("{\"tracks\":[0,2]}", "").get("explanation");
        assertEquals("contextual", explanation.get("recommender").asString());
        assertEquals(1.0 / 3, explanation.get("propensity").asDouble());
        assertEquals(
                "{\"tracks\":[0,2],\"unknown_tracks\":[],\"unknown_artists\":[]}",
                explanation.get("seeds").toString());
        assertTrue(
                explanation
                        .get("why")
                        .toString()
                        .contains("The seeds count as liked tracks: “Title 0” by Even, “Title 2” by Even."),
                explanation.toString());
        JsonNode line = server.logLines().get(0);
        assertEquals("start", line.get("message").asString());
        assertTrue(line.get("propensity").asDouble() > 0);
    }

    @Test
    void seedsComeBeforeThePlaybacksOfTheSession() throws Exception {
        assertEquals(Set.of(0, 2, 3), recommended("{\"tracks\":[0]}", ",\"track\":1,\"time\":1"));
        restartWithRules("[{\"type\": \"skip-memory\", \"resembling\": 0}]");
        assertEquals(
                Set.of(2, 3),
                recommended("{\"tracks\":[0]}", ",\"session\":[{\"track\":1,\"time\":0.1}]"),
                "the seed is the last liked track, and track 1 was skipped");
    }

    @Test
    void anArtistStandsForItsTopTracksElseForItsFirst() throws Exception {
        assertEquals("[4]", seedTracks("{\"artists\":[\"Even\"]}"));
        assertEquals("[4,5,0]", seedTracks("{\"artists\":[\"Even\",\"Odd\"],\"tracks\":[0]}"));
        restartWith("top.json", "[4,2]");
        assertEquals("[2,4]", seedTracks("{\"artists\":[\"Even\"]}"), "the most popular one is the latest");
        assertEquals("[5,3,1]", seedTracks("{\"artists\":[\"Odd\"]}"));
        assertEquals(Set.of(0, 2, 3), recommended("{\"artists\":[\"Odd\"]}", ""));
    }

    private String seedTracks(String seeds) throws Exception {
        return next(seeds, "").get("explanation").get("seeds").get("tracks").toString();
    }

    @Test
    void noRepeatLeavesSeedsOutAndArtistSpacingDoesNot() throws Exception {
        restartWithRules("[\"no-repeat\"]");
        assertEquals(Set.of(2, 3), recommended("{\"tracks\":[0,1]}", ",\"session\":[]"));
        assertEquals(
                "[{\"rule\":\"no-repeat\",\"tracks\":[0,1],\"artists\":[]}]",
                next("{\"tracks\":[0,1]}", "").get("explanation").get("rules").toString());
        restartWithRules("[{\"type\": \"artist-spacing\", \"gap\": 5}]");
        assertEquals(Set.of(0, 2, 3), recommended("{\"tracks\":[0,1]}", ",\"session\":[]"));
    }

    @Test
    void seedsAreNotWrittenToTheHistory() throws Exception {
        restartWithRules("[\"no-repeat\"]");
        next("{\"tracks\":[0,1]}", ",\"track\":2,\"time\":1");
        JsonNode later = server.getJson("/next_track?user=100&track=3&time=1&explain=true");
        assertEquals(
                "[{\"rule\":\"no-repeat\",\"tracks\":[2,3],\"artists\":[]}]",
                later.get("explanation").get("rules").toString());
        assertEquals(2, later.get("explanation").get("seq").asInt());
        assertTrue(!later.get("explanation").has("seeds"), "the seeds of an earlier request");
    }

    @Test
    void theHistoryOfTheListenerFollowsTheSeeds() throws Exception {
        restartWithRules("[{\"type\": \"no-repeat\", \"hours\": 1}]");
        server.post("/last/100", "{\"track\":5,\"time\":1}");
        server.getJson("/next_track?user=100&track=4&time=1");
        JsonNode later = next("{\"tracks\":[0]}", ",\"track\":3,\"time\":1");
        assertEquals(
                "[{\"rule\":\"no-repeat\",\"tracks\":[0,3,4,5],\"artists\":[]}]",
                later.get("explanation").get("rules").toString());
    }

    @Test
    void unknownSeedsAreIgnoredAndListed() throws Exception {
        JsonNode explanation = next("{\"tracks\":[0,4711,\"no such\"],\"artists\":[\"odd\"]}", "")
                .get("explanation");
        assertEquals(
                "{\"tracks\":[0],\"unknown_tracks\":[4711,\"no such\"],\"unknown_artists\":[\"odd\"]}",
                explanation.get("seeds").toString());
        assertTrue(
                explanation
                        .get("why")
                        .toString()
                        .contains("The catalog does not have the seeds track 4711, track no such, artist odd."),
                explanation.toString());
    }

    @Test
    void ifAllSeedsAreUnknownTheRequestIsRefusedAndLeavesNoTrace() throws Exception {
        for (String query :
                List.of("seed_track=4711", "seed_track=no+such&seed_artist=odd", "seed_track=9&dry_run=true")) {
            var refused = server.get("/next_track?user=100&" + query);
            assertEquals(422, refused.statusCode());
            assertEquals(
                    "the catalog has no track and no artist of seeds; name known ones, or leave seeds out",
                    TestServer.json(refused).get("detail").asString());
        }
        assertEquals(List.of(), server.logLines());
        assertTrue(server.get("/metrics").body().contains("\nsegue_listeners 0.0\n"));
    }

    @Test
    void emptySeedsAreNone() throws Exception {
        for (String empty : List.of("{}", "{\"tracks\":[],\"artists\":[]}")) {
            JsonNode explanation = next(empty, "").get("explanation");
            assertEquals("top-pop", explanation.get("recommender").asString());
            assertTrue(!explanation.has("seeds"), explanation.toString());
        }
    }

    @Test
    void aUrlNamesEachSeedByItself() throws Exception {
        JsonNode response = server.getJson(
                "/next_track?user=100&explain=true&seed_track=2&seed_artist=Odd&seed_track=0&exclude_track=3");
        assertEquals(
                "[5,2,0]",
                response.get("explanation").get("seeds").get("tracks").toString());
        assertTrue(Set.of(1, 2).contains(response.get("track").asInt()), response.toString());
    }

    @Test
    void aRetryGetsTheFirstResponseWithoutItsSeeds() throws Exception {
        JsonNode first = next("{\"tracks\":[0]}", ",\"request_id\":\"a\"");
        assertEquals(first, next("{\"tracks\":[2]}", ",\"request_id\":\"a\""));
        assertEquals(1, server.logLines().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | seeds must be an object such as {\"tracks\":[10],\"artists\":[\"A name\"]}",
                "null | seeds must be an object",
                "{\"track\":[1]} | unknown field \"track\" in seeds; known: artists, tracks",
                "{\"tracks\":1} | seeds.tracks must be an array",
                "{\"tracks\":[1,\"\"]} | seeds.tracks[1]: a track's string id has 1 to 128 characters, not 0",
                "{\"tracks\":[-1]} | seeds.tracks[0] must be an integer from 0 to 2147483647",
                "{\"artists\":\"A\"} | seeds.artists must be an array",
                "{\"artists\":[1]} | seeds.artists[0] must be a string",
                "{\"artists\":[\"A\",\"\"]} | seeds.artists[1] must have 1 to 1000 characters"
            })
    void malformedSeedsAreRefusedWithTheirPlace(String seeds, String detail) throws Exception {
        var refused = server.post("/next_track", "{\"user\":100,\"seeds\":" + seeds + "}");
        assertEquals(400, refused.statusCode());
        String actual = TestServer.json(refused).get("detail").asString();
        assertTrue(actual.contains(detail), actual);
        assertEquals(List.of(), server.logLines());
    }

    @ParameterizedTest
    @CsvSource({
        "seed_track=-1, seed_track: the id is neither an integer from 0 to 2147483647",
        "seed_artist=, seed_artist must have 1 to 1000 characters",
        "seeds=1, unknown field"
    })
    void malformedParametersAreRefused(String query, String detail) throws Exception {
        var refused = server.get("/next_track?user=100&" + query);
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains(detail), refused.body());
    }

    @Test
    void seedsAreBounded() throws Exception {
        String thousand = "0,".repeat(999) + "0";
        assertEquals(
                1000,
                next("{\"tracks\":[" + thousand + "]}", "")
                        .get("explanation")
                        .get("seeds")
                        .get("tracks")
                        .size());
        var tooMany = server.post("/next_track", "{\"user\":100,\"seeds\":{\"tracks\":[" + thousand + ",0]}}");
        assertEquals(400, tooMany.statusCode());
        assertTrue(tooMany.body().contains("seeds.tracks has more than 1000 values; leave some out"), tooMany.body());
        String artists = List.of("Odd", "Even").stream()
                .map(name -> ("\"" + name + "\",").repeat(500))
                .collect(Collectors.joining());
        assertEquals(
                1000,
                next("{\"artists\":[" + artists.substring(0, artists.length() - 1) + "]}", "")
                        .get("explanation")
                        .get("seeds")
                        .get("tracks")
                        .size());
    }
}
