package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Requests similar tracks as the plugins of AudioMuse-AI do. Listener 100 is forced to the arm whose neighbours of track 0 are 1, 2 and 3. */
@Timeout(120)
class AudioMuseTest {

    @TempDir
    Path folder;

    @Test
    void similarTracksAreInTheOrderOfTheRecommender() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("adapters.audiomuse", "true").start()) {
            JsonNode tracks = server.getJson("/api/similar_tracks?item_id=0&n=3&user=100"
                    + "&eliminate_duplicates=true&radius_similarity=true&server=x");
            List<String> ids = new ArrayList<>();
            double distance = 0;
            for (JsonNode track : tracks) {
                ids.add(track.get("item_id").asString());
                assertEquals(
                        "Title " + track.get("item_id").asString(),
                        track.get("title").asString());
                assertTrue(List.of("Even", "Odd").contains(track.get("author").asString()));
                assertTrue(track.get("distance").asDouble() > distance
                        && track.get("distance").asDouble() < 1);
                distance = track.get("distance").asDouble();
            }
            assertEquals(List.of("1", "2", "3"), ids.stream().sorted().toList());
            assertEquals(5, server.getJson("/api/similar_tracks?item_id=0").size(), "all other tracks");
            assertEquals(0, server.logLines().size(), "nothing is logged");
        }
    }

    @Test
    void similarArtistsComeFromTheTracksOfTheRecommender() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("adapters.audiomuse", "true").start()) {
            JsonNode artists = server.getJson("/api/similar_artists?artist=Odd&n=5&include_component_matches=true");
            assertEquals(1, artists.size(), "the artist itself is left out");
            assertEquals("Even", artists.get(0).get("artist").asString());
            JsonNode match = artists.get(0).get("component_matches").get(0);
            assertEquals(3, match.get("artist1_representative_songs").size());
            match.get("artist1_representative_songs")
                    .forEach(song -> assertEquals(
                            1, Integer.parseInt(song.get("item_id").asString()) % 2, "a track of Odd: " + song));
            assertEquals(3, match.get("artist2_representative_songs").size());
            assertFalse(
                    server.getJson("/api/similar_artists?artist_id=Odd").get(0).has("component_matches"));
        }
    }

    @Test
    void badRequestsAreProblemsWithAnError() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("adapters.audiomuse", "true").start()) {
            for (String[] bad : new String[][] {
                {"/api/similar_tracks", "400"},
                {"/api/similar_tracks?item_id=0&n=0", "400"},
                {"/api/similar_tracks?item_id=0&n=1001", "400"},
                {"/api/similar_tracks?item_id=99", "404"},
                {"/api/similar_tracks?item_id=x", "404"},
                {"/api/similar_artists", "400"},
                {"/api/similar_artists?artist=Nobody", "404"},
                {"/api/similar_artists?artist=Odd&user=007", "400"}
            }) {
                HttpResponse<String> response = server.get(bad[0]);
                assertEquals(bad[1], String.valueOf(response.statusCode()), bad[0]);
                assertEquals(
                        TestServer.json(response).get("detail"),
                        TestServer.json(response).get("error"));
            }
        }
    }

    @Test
    void theEndpointsAreOffByDefault() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            for (String path :
                    List.of("/api/similar_tracks?item_id=0", "/api/similar_artists?artist=Odd", "/rest/ping")) {
                assertEquals(404, server.get(path).statusCode());
            }
        }
    }
}
