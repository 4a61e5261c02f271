package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.state.StateException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Listener 100 draws from the neighbours of the previous track, then from the top tracks 4 and 5, then from all six tracks. */
class FeedbackTest extends WithStartedServer {

    private void restart() throws Exception {
        server.close();
        server = TestServer.in(folder).start();
    }

    private void restartWithRules(String rules) throws Exception {
        server.close();
        server = TestServer.in(folder).withRules(rules).start();
    }

    private JsonNode give(String user, String item, String feedback) throws Exception {
        HttpResponse<String> response =
                server.post("/feedback", "{\"user\":" + user + "," + item + ",\"feedback\":\"" + feedback + "\"}");
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response);
    }

    private Set<Integer> recommended(String user) throws Exception {
        Set<Integer> tracks = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            JsonNode response = server.getJson("/next_track?user=" + user + "&track=0&time=1&count=6");
            tracks.add(response.get("track").asInt());
            response.get("tracks").forEach(track -> tracks.add(track.asInt()));
        }
        return tracks;
    }

    @Test
    void aBannedTrackIsNeverRecommendedToItsListener() throws Exception {
        assertEquals(
                "{\"user\":100,\"track\":2,\"feedback\":\"ban\"}",
                give("100", "\"track\":2", "ban").toString());
        assertEquals(Set.of(0, 1, 3, 4, 5), recommended("100"));
        restart();
        assertEquals(Set.of(0, 1, 3, 4, 5), recommended("100"));
        server.now.addAndGet(Duration.ofDays(10_000).toMillis());
        assertEquals(Set.of(0, 1, 3, 4, 5), recommended("100"));
        give("100", "\"track\":2", "none");
        assertTrue(recommended("100").contains(2));
        restart();
        assertTrue(recommended("100").contains(2));
    }

    @Test
    void otherListenersGetTheTrack() throws Exception {
        give("\"a\"", "\"track\":2", "ban");
        assertTrue(recommended("102").contains(2));
        assertTrue(!recommended("a").contains(2));
    }

    @Test
    void aBannedArtistIsNeverRecommended() throws Exception {
        give("100", "\"artist\":\"Even\"", "ban");
        assertEquals(Set.of(1, 3, 5), recommended("100"));
        restart();
        assertEquals(Set.of(1, 3, 5), recommended("100"));
        JsonNode explanation = server.getJson("/next_track?user=100&track=0&time=1&explain=true&exclude_track=1")
                .get("explanation");
        assertEquals(
                "[{\"rule\":\"exclude\",\"tracks\":[1],\"artists\":[]},"
                        + "{\"rule\":\"feedback\",\"tracks\":[],\"artists\":[\"Even\"]}]",
                explanation.get("rules").toString());
        assertTrue(
                explanation.get("why").toString().contains("The listener banned or disliked all tracks by Even."),
                explanation.toString());
        assertEquals(1.0, explanation.get("propensity").asDouble(), "of the neighbours, 3 is left");
    }

    @Test
    void aDislikedTrackIsNotRecommendedForThirtyDays() throws Exception {
        give("100", "\"track\":2", "dislike");
        assertTrue(!recommended("100").contains(2));
        server.now.addAndGet(Duration.ofDays(30).toMillis() - 1);
        assertTrue(!recommended("100").contains(2));
        server.now.addAndGet(1);
        assertTrue(recommended("100").contains(2));
        give("100", "\"track\":2", "dislike");
        give("100", "\"track\":2", "like");
        assertTrue(recommended("100").contains(2));
    }

    @Test
    void aLikedTrackCountsAsPlayedAndADislikedOneAsSkipped() throws Exception {
        restartWithRules("[{\"type\": \"skip-memory\", \"resembling\": 0}]");
        String session = ",\"session\":[{\"track\":0,\"time\":1},{\"track\":1,\"time\":%s}]";
        assertEquals(Set.of(2, 3), firsts(String.format(session, "0.1")), "track 1 was skipped: neighbours of 0");
        give("100", "\"track\":1", "like");
        assertEquals(Set.of(0, 2, 3), firsts(String.format(session, "0.1")), "neighbours of 1");
        give("100", "\"track\":1", "dislike");
        assertEquals(Set.of(2, 3), firsts(String.format(session, "1")), "neighbours of 0, without 1");
    }

    private Set<Integer> firsts(String session) throws Exception {
        Set<Integer> tracks = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            tracks.add(server.postJson("/next_track", "{\"user\":100" + session + "}")
                    .get("track")
                    .asInt());
        }
        return tracks;
    }

    @Test
    void aListenerWhoBannedEverythingGetsNoTrack() throws Exception {
        give("100", "\"artist\":\"Even\"", "ban");
        give("100", "\"artist\":\"Odd\"", "ban");
        var refused = server.get("/next_track?user=100");
        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("the listener's feedback and withdrawn tracks leave none"), refused.body());
    }

    @Test
    void aRetryDoesNotReturnATrackThatWasBannedMeanwhile() throws Exception {
        int first =
                server.getJson("/next_track?user=100&request_id=r").get("track").asInt();
        give("100", "\"track\":" + first, "ban");
        assertEquals(409, server.get("/next_track?user=100&request_id=r").statusCode());
    }

    @Test
    void theFeedbackOfAListenerIsListed() throws Exception {
        give("100", "\"track\":2", "ban");
        give("100", "\"track\":3", "like");
        give("100", "\"artist\":\"Odd\"", "dislike");
        give("100", "\"track\":2", "dislike");
        String expected = "{\"user\":100,\"tracks\":[{\"track\":3,\"feedback\":\"like\",\"timestamp\":1700000000000},"
                + "{\"track\":2,\"feedback\":\"dislike\",\"timestamp\":1700000000000}],"
                + "\"artists\":[{\"artist\":\"Odd\",\"feedback\":\"dislike\",\"timestamp\":1700000000000}]}";
        assertEquals(expected, server.get("/feedback?user=100").body());
        assertTrue(server.get("/metrics").body().contains("\nsegue_feedback_entries 3.0\n"));
        restart();
        assertEquals(expected, server.get("/feedback?user=100").body());
        assertEquals(
                "{\"user\":7,\"tracks\":[],\"artists\":[]}",
                server.get("/feedback?user=7").body());
        assertEquals(400, server.get("/feedback").statusCode());
        assertEquals(400, server.get("/feedback?user=1&track=2").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | [] | the body must be a JSON object",
                "400 | {\"user\":1,\"feedback\":\"ban\"} | the body needs user, feedback, and either track or artist",
                "400 | {\"user\":1,\"track\":1,\"artist\":\"Odd\",\"feedback\":\"ban\"} | either track or artist",
                "400 | {\"track\":1,\"feedback\":\"ban\"} | the body needs user",
                "400 | {\"user\":1,\"track\":1,\"feedback\":\"hate\"} | feedback must be one of like, dislike, ban, none",
                "400 | {\"user\":1,\"track\":1,\"feedback\":1} | feedback must be one of",
                "400 | {\"user\":-1,\"track\":1,\"feedback\":\"ban\"} | user",
                "400 | {\"user\":1,\"track\":1.5,\"feedback\":\"ban\"} | track",
                "400 | {\"user\":1,\"artist\":\"\",\"feedback\":\"ban\"} | artist must be a string of 1 to 1000 characters",
                "400 | {\"user\":1,\"song\":1,\"feedback\":\"ban\"} | unknown field \"song\"; known: artist, feedback, track, user",
                "400 | {\"user\":1,\"track\":1,\"feedback\":\"ban\"}{} | goes on after the JSON object",
                "400 | {\"user\":1, | the body is no JSON object at line 1",
                "422 | {\"user\":1,\"track\":4711,\"feedback\":\"ban\"} | the catalog does not have the track",
                "422 | {\"user\":1,\"track\":\"no such\",\"feedback\":\"none\"} | the catalog does not have the track",
                "422 | {\"user\":1,\"artist\":\"odd\",\"feedback\":\"ban\"} | the catalog does not have the artist"
            })
    void malformedFeedbackIsRefusedWithItsPlace(int status, String body, String detail) throws Exception {
        var refused = server.post("/feedback", body);
        assertEquals(status, refused.statusCode(), refused.body());
        assertTrue(TestServer.json(refused).get("detail").asString().contains(detail), refused.body());
        assertTrue(Files.notExists(folder.resolve("state")), "nothing is written");
    }

    @Test
    void feedbackOnATrackThatLeftTheCatalogCanBeRemoved() throws Exception {
        give("100", "\"track\":5", "ban");
        server.close();
        server = TestServer.in(folder);
        Path tracks = folder.resolve("tracks.json");
        Files.writeString(
                tracks,
                Files.readString(tracks).replaceFirst("\\{\"track\":5.*\n", "").replaceFirst("\\{\"track\":4.*\n", ""));
        Files.writeString(folder.resolve("tracks_nn.json"), "{\"track\":0,\"recommendations\":[1]}\n");
        Files.writeString(folder.resolve("top.json"), "[1]");
        server.start();
        give("100", "\"track\":5", "none");
        assertEquals(
                "{\"user\":100,\"tracks\":[],\"artists\":[]}",
                server.get("/feedback?user=100").body());
    }

    @Test
    void acknowledgedFeedbackIsInTheFileAndATornLineIsNot() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> pending = new ArrayList<>();
        for (int user = 0; user < 50; user++) {
            pending.add(server.postAsync("/feedback", "{\"user\":" + user + ",\"track\":2,\"feedback\":\"ban\"}"));
        }
        for (var each : pending) {
            assertEquals(200, each.get().statusCode());
        }
        Path file = folder.resolve("state/feedback.jsonl");
        assertEquals(50, Files.readAllLines(file).size(), "before the server stops");
        server.close();
        Files.writeString(file, Files.readString(file) + "{\"timestamp\":17000000");
        server = TestServer.in(folder).start();
        assertTrue(!recommended("7").contains(2));
        give("7", "\"track\":3", "ban");
        assertEquals(51, Files.readAllLines(file).size());
        restart();
        assertEquals(Set.of(0, 1, 4, 5), recommended("7"));
    }

    @Test
    void aDamagedFileStopsTheStart() throws Exception {
        give("100", "\"track\":2", "ban");
        server.close();
        Path file = folder.resolve("state/feedback.jsonl");
        Files.writeString(file, Files.readString(file) + "{\"user\":1}\n");
        var refused =
                assertThrows(StateException.class, () -> TestServer.in(folder).start());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("feedback.jsonl:2: the line is not feedback"),
                refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).endsWith("correct the line, or remove it"));
    }

    @Test
    void aFolderThatCannotBeWrittenGivesAnErrorAndNoEffect() throws Exception {
        Files.writeString(folder.resolve("state"), "a file in place of the folder");
        var refused = server.post("/feedback", "{\"user\":100,\"track\":2,\"feedback\":\"ban\"}");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("check the folder, its permissions and the space left"), refused.body());
        assertTrue(recommended("100").contains(2));
        Files.delete(folder.resolve("state"));
        give("100", "\"track\":2", "ban");
        assertTrue(!recommended("100").contains(2));
    }

    @Test
    void twoServersCannotShareAFolder() throws Exception {
        give("100", "\"track\":2", "ban");
        Path other = Files.createDirectory(folder.resolve("other"));
        try (TestServer second = TestServer.in(other)
                .with("STATE_FOLDER", folder.resolve("state").toString())
                .start()) {
            var refused = second.post("/feedback", "{\"user\":100,\"track\":3,\"feedback\":\"ban\"}");
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("give each server a STATE_FOLDER of its own"), refused.body());
        }
    }
}
