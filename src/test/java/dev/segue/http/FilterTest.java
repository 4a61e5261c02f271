package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Listener 100 draws from the neighbours of the previous track, then from the top tracks, then from all six tracks. */
class FilterTest {

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder);
        writeTracks(
                "\"tags\":[\"rock\",\"live\"],\"year\":1970,\"explicit\":true",
                "\"tags\":[\"rock\"],\"genre\":\"pop\",\"year\":1980",
                "\"genre\":[\"jazz\",\"soul\"],\"explicit\":false",
                "\"tags\":[\"pop\"],\"year\":1990",
                "\"year\":1999",
                "\"tags\":null,\"genre\":null,\"year\":null,\"explicit\":null");
        server.start();
    }

    private void writeTracks(String... attributes) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int track = 0; track < attributes.length; track++) {
            lines.add("{\"track\":" + track + ",\"artist\":\"A" + track % 2 + "\",\"title\":\"T\",\"recommendations\":"
                    + (track < 4
                            ? List.of("[1,2,3]", "[0,2,3]", "[0,1,3]", "[0,1,2]")
                                    .get(track)
                            : "[]")
                    + "," + attributes[track] + "}");
        }
        Files.write(folder.resolve("tracks.json"), lines);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode next(String filter) throws Exception {
        var response = server.post(
                "/next_track",
                "{\"user\":100,\"track\":0,\"time\":1,\"count\":6,\"explain\":true,\"filter\":" + filter + "}");
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response);
    }

    /** All tracks of the ranked list. */
    private Set<Integer> listed(String filter) throws Exception {
        Set<Integer> tracks = new TreeSet<>();
        next(filter).get("tracks").forEach(track -> tracks.add(track.asInt()));
        return tracks;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"tags\":{\"any\":[\"rock\",\"soul\"]}} | [0, 1, 2]",
                "{\"tags\":{\"all\":[\"rock\",\"pop\"]}} | [1]",
                "{\"tags\":{\"none\":[\"rock\"]}} | [2, 3, 4, 5]",
                "{\"tags\":{\"any\":[\"rock\",\"no such tag\"],\"none\":[\"live\"]}} | [1]",
                "{\"explicit\":true} | [0]",
                "{\"explicit\":false} | [1, 2, 3, 4, 5]",
                "{\"years\":{\"from\":1980}} | [1, 3, 4]",
                "{\"years\":{\"to\":1980}} | [0, 1]",
                "{\"years\":{\"from\":1980,\"to\":1990},\"tags\":{\"all\":[\"pop\"]}} | [1, 3]",
                "{\"tags\":{\"any\":[]}} | [0, 1, 2, 3, 4, 5]",
                "{} | [0, 1, 2, 3, 4, 5]"
            })
    void onlyAcceptedTracksAreRecommended(String filter, String tracks) throws Exception {
        // twice, because the tracks of a filter are kept
        assertEquals(tracks, listed(filter).toString());
        assertEquals(tracks, listed(filter).toString());
    }

    @Test
    void thePropensityIsThatOfTheAcceptedNeighbours() throws Exception {
        for (int i = 0; i < 20; i++) {
            JsonNode explanation =
                    next("{\"tags\":{\"any\":[\"pop\",\"live\"]}}").get("explanation");
            assertEquals("contextual", explanation.get("recommender").asString());
            assertEquals(0.5, explanation.get("propensity").asDouble());
        }
    }

    @Test
    void aFallbackServesAFilterThatAcceptsNoNeighbour() throws Exception {
        JsonNode response = next("{\"years\":{\"from\":1995}}");
        assertEquals(4, response.get("track").asInt());
        assertEquals("top-pop", response.get("explanation").get("recommender").asString());
    }

    @Test
    void theExplanationHasTheNumberOfAcceptedTracks() throws Exception {
        JsonNode explanation = next("{\"tags\":{\"any\":[\"pop\"]}}").get("explanation");
        assertEquals("{\"accepted_tracks\":2}", explanation.get("filter").toString());
        assertTrue(
                explanation.get("why").toString().contains("The filter accepts 2 of the catalog's 6 tracks."),
                explanation.toString());
        assertTrue(!next("{}").get("explanation").has("filter"));
    }

    @Test
    void aUrlHasTheSameFilter() throws Exception {
        JsonNode response =
                server.getJson("/next_track?user=100&track=0&time=1&count=6&tag_any=rock&tag_any=pop&tag_none=live"
                        + "&explicit=false&year_from=1980&year_to=1990");
        assertEquals("[1,3]", sorted(response.get("tracks")));
        assertEquals(
                "[1]",
                server.getJson("/next_track?user=100&count=6&tag_all=pop&tag_all=rock")
                        .get("tracks")
                        .toString());
    }

    private static String sorted(JsonNode tracks) {
        Set<Integer> sorted = new TreeSet<>();
        tracks.forEach(track -> sorted.add(track.asInt()));
        return sorted.toString().replace(" ", "");
    }

    @Test
    void aFilterThatAcceptsNoTrackIsRefusedAndLeavesNoTrace() throws Exception {
        var refused = server.post("/next_track", "{\"user\":100,\"filter\":{\"tags\":{\"any\":[\"polka\"]}}}");
        assertEquals(422, refused.statusCode());
        assertEquals(
                "filter accepts none of the catalog's 6 tracks; correct its tags and years",
                TestServer.json(refused).get("detail").asString());
        var both = server.post(
                "/next_track",
                "{\"user\":100,\"filter\":{\"tags\":{\"any\":[\"pop\"]}},\"exclude\":{\"tracks\":[1,3]}}");
        assertEquals(422, both.statusCode());
        assertTrue(both.body().contains("exclude, filter, the listener's feedback and withdrawn tracks leave none"));
        assertEquals(List.of(), server.logLines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | filter must be an object with some of: explicit, tags, years",
                "{\"genre\":\"a\"} | unknown field \"genre\" in filter; known: explicit, tags, years",
                "{\"tags\":[\"a\"]} | filter.tags must be an object with some of: all, any, none",
                "{\"tags\":{\"some\":[]}} | unknown field \"some\" in filter.tags; known: all, any, none",
                "{\"tags\":{\"any\":\"a\"}} | filter.tags.any must be an array of strings",
                "{\"tags\":{\"any\":[\"a\",1]}} | filter.tags.any[1] must be a string",
                "{\"tags\":{\"any\":[\"\"]}} | filter.tags.any: a tag has 1 to 1000 characters",
                "{\"explicit\":1} | filter.explicit must be true or false",
                "{\"years\":1990} | filter.years must be an object with some of: from, to",
                "{\"years\":{\"from\":99}} | filter.years.from must be an integer from 1000 to 2999",
                "{\"years\":{\"from\":1990,\"to\":1980}} | the filter's years are from 1990 to 1980; exchange them"
            })
    void aMalformedFilterIsRefusedWithItsPlace(String filter, String detail) throws Exception {
        var refused = server.post("/next_track", "{\"user\":100,\"filter\":" + filter + "}");
        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals(detail, TestServer.json(refused).get("detail").asString());
    }

    @Test
    void malformedAttributesAreRefusedWithTheirPlace() throws Exception {
        for (List<String> bad : List.of(
                List.of("\"tags\":\"rock\"", "\"tags\" must be an array"),
                List.of("\"tags\":[1]", "\"tags\" must be an array"),
                List.of("\"genre\":7", "\"genre\" must be a string or an array"),
                List.of("\"year\":\"1999\"", "\"year\" must be an integer from 1000 to 2999"),
                List.of("\"year\":19", "\"year\" must be an integer from 1000 to 2999"),
                List.of("\"explicit\":\"no\"", "\"explicit\" must be true or false"))) {
            writeTracks("\"year\":1999", bad.get(0));
            var refused = server.post("/admin/reload", "");
            assertEquals(500, refused.statusCode());
            assertTrue(refused.body().contains("tracks.json:2"), refused.body());
            assertTrue(TestServer.json(refused).get("detail").asString().contains(bad.get(1)), refused.body());
        }
    }

    @Test
    void anArmIsForDryRuns() throws Exception {
        Files.writeString(folder.resolve("tracks_nn.json"), "{\"track\":0,\"recommendations\":[5]}\n");
        server.post("/admin/reload?force=true", "");
        JsonNode control = server.getJson("/next_track?user=100&track=0&time=1&dry_run=true&explain=true&arm=C");
        assertEquals("contextual", control.get("explanation").get("recommender").asString());
        JsonNode treatment = server.getJson("/next_track?user=100&track=0&time=1&dry_run=true&explain=true&arm=T1");
        assertEquals("new", treatment.get("explanation").get("recommender").asString());
        assertEquals(5, treatment.get("track").asInt());
        var logged = server.post("/next_track", "{\"user\":100,\"arm\":\"T1\"}");
        assertEquals(400, logged.statusCode());
        assertTrue(logged.body().contains("arm is for dry runs"), logged.body());
        var unknown = server.get("/next_track?user=100&dry_run=true&arm=T9");
        assertEquals(422, unknown.statusCode());
        assertTrue(unknown.body().contains("arm names no arm of experiment SERVING; known: C, T1"), unknown.body());
    }
}
