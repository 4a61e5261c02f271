package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class NextTrackTest extends WithStartedServer {

    /** Restarts the server with rules. */
    private void restartWithRules() throws Exception {
        server.close();
        server = TestServer.in(folder);
        Path config = folder.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replaceFirst("\\{", "{\"rules\": [\"no-repeat\", \"skip-memory\"], "));
        server.start();
    }

    @Test
    void controlGetsANeighbourOfThePreviousTrack() throws Exception {
        for (int i = 0; i < 20; i++) {
            JsonNode response = server.getJson("/next_track?user=100&track=0&time=0.3");
            assertEquals(100, response.get("user").asInt());
            assertTrue(Set.of(1, 2, 3).contains(response.get("track").asInt()), response.toString());
            assertEquals(2, response.size());
        }
    }

    @Test
    void treatmentGetsANeighbourFromTheNewCatalog() throws Exception {
        assertEquals(
                4,
                server.postJson("/next_track", "{\"user\":101,\"track\":0,\"time\":1}")
                        .get("track")
                        .asInt());
    }

    @Test
    void listenersOwnListIsServedWithoutPreviousTrack() throws Exception {
        JsonNode response = server.getJson("/next_track?user=1&explain=true");
        assertTrue(Set.of(2, 3).contains(response.get("track").asInt()));
        JsonNode explanation = response.get("explanation");
        assertEquals("indexed", explanation.get("recommender").asString());
        assertEquals(1, explanation.get("fallback").asInt());
        assertEquals(0.5, explanation.get("propensity").asDouble());
        assertEquals(2, explanation.get("candidates").asInt());
    }

    @Test
    void topTracksAreServedWithoutAList() throws Exception {
        for (String last : List.of("", "&track=5&time=0.5", "&track=4711&time=0.5")) {
            JsonNode response = server.getJson("/next_track?explain=true&user=100" + last);
            assertTrue(Set.of(4, 5).contains(response.get("track").asInt()), last);
            assertEquals(
                    "top-pop", response.get("explanation").get("recommender").asString());
            assertEquals(2, response.get("explanation").get("fallback").asInt());
        }
    }

    @Test
    void anyTrackIsServedWithoutTopTracks() throws Exception {
        server.close();
        Files.writeString(folder.resolve("top.json"), "[]");
        server = TestServer.in(folder);
        Files.writeString(folder.resolve("top.json"), "[]");
        server.start();
        JsonNode response = server.getJson("/next_track?explain=true&user=100");
        assertTrue(response.get("track").asInt() < 6);
        assertEquals("random", response.get("explanation").get("recommender").asString());
        assertEquals(3, response.get("explanation").get("fallback").asInt());
        assertEquals(1.0 / 6, response.get("explanation").get("propensity").asDouble(), 1e-12);
    }

    @Test
    void countReturnsARankingThatBeginsWithTheRecommendation() throws Exception {
        JsonNode response = server.getJson("/next_track?user=100&track=0&time=0.3&count=5");
        List<Integer> tracks = new ArrayList<>();
        response.get("tracks").forEach(track -> tracks.add(track.asInt()));
        assertEquals(response.get("track").asInt(), tracks.get(0));
        assertEquals(Set.of(1, 2, 3, 4, 5), new HashSet<>(tracks), "neighbours, then the top tracks");
        assertTrue(tracks.indexOf(4) > 2 && tracks.indexOf(5) > 2, "fallbacks come last");
        assertEquals(
                6,
                server.getJson("/next_track?user=100&track=0&time=0.3&count=1000")
                        .get("tracks")
                        .size());
    }

    @Test
    void explanationHasExperimentRecommenderAndPropensity() throws Exception {
        JsonNode explanation = server.postJson(
                        "/next_track", "{\"user\":100,\"track\":1,\"time\":0.3,\"explain\":true}")
                .get("explanation");
        assertEquals("SERVING", explanation.get("experiment").asString());
        assertEquals("C", explanation.get("treatment").asString());
        assertEquals("contextual", explanation.get("recommender").asString());
        assertEquals(0, explanation.get("fallback").asInt());
        assertEquals(1.0 / 3, explanation.get("propensity").asDouble(), 1e-12);
        assertEquals(3, explanation.get("candidates").asInt());
        assertTrue(explanation.get("title").asString().startsWith("Title "));
        assertTrue(Set.of("Odd", "Even").contains(explanation.get("artist").asString()));
    }

    @Test
    void noRepeatExcludesPlayedTracksAndTheExplanationNamesThem() throws Exception {
        restartWithRules();
        Set<Integer> played = new TreeSet<>(Set.of(0));
        int track = 0;
        while (played.size() < 6) {
            JsonNode response = server.getJson("/next_track?user=100&explain=true&count=2&time=1&track=" + track);
            JsonNode rule = response.get("explanation").get("rules").get(0);
            assertEquals("no-repeat", rule.get("rule").asString());
            assertEquals(
                    played,
                    rule.get("tracks")
                            .valueStream()
                            .map(JsonNode::asInt)
                            .collect(Collectors.toCollection(TreeSet::new)));
            track = response.get("track").asInt();
            assertTrue(played.add(track), "track " + track + " again");
            assertEquals(track, response.get("tracks").get(0).asInt());
        }
    }

    /** Track 3, by the other artist, is the last neighbour of track 0 and so the least similar. */
    @Test
    void mmrPrefersATrackThatDiffersFromTheLastPlays() throws Exception {
        server.close();
        server = TestServer.in(folder);
        Path config = folder.resolve("config.json");
        String recommenders = "{\"rules\": [{\"type\": \"mmr\", \"lambda\": %s}], \"recommenders\": {"
                + "\"list\": {\"type\": \"contextual\"}, \"new\": {\"type\": \"new\"}, \"random\": {\"type\": \"random\"},"
                + "\"contextual\": {\"type\": \"blend\", \"sources\": [\"list\"]}}, ";
        String plain = Files.readString(config);
        Files.writeString(config, recommenders.formatted("0.1") + plain.substring(1));
        server.start();
        JsonNode response = server.getJson("/next_track?user=100&track=0&time=1&count=3&explain=true");
        assertEquals("[3,1,2]", response.get("tracks").toString());
        JsonNode explanation = response.get("explanation");
        assertEquals(
                "[{\"rule\":\"mmr\",\"tracks\":[1,2],\"artists\":[]}]",
                explanation.get("rules").toString());
        assertEquals(1, explanation.get("propensity").asDouble());
        assertEquals("contextual", explanation.get("recommender").asString());
        assertEquals(
                "{\"user\":100,\"track\":3}",
                server.getJson("/next_track?user=100&track=0&time=1").toString());
        server.close();
        server = TestServer.in(folder);
        Files.writeString(config, recommenders.formatted("1") + plain.substring(1));
        server.start();
        assertEquals(
                "[1,2,3]",
                server.getJson("/next_track?user=100&track=0&time=1&count=3")
                        .get("tracks")
                        .toString());
    }

    @Test
    void explanationHasReasonsInSentences() throws Exception {
        restartWithRules();
        server.postJson("/next_track", "{\"user\":100,\"track\":0,\"time\":0.9}");
        JsonNode explanation = server.getJson("/next_track?user=100&explain=true&time=0.1&track=5")
                .get("explanation");
        List<String> why =
                explanation.get("why").valueStream().map(JsonNode::asString).toList();
        String first = "“Title 0” by Even";
        String second = "“Title 5” by Odd";
        assertEquals("Liked in this session: " + first + " (90% played).", why.get(0));
        assertEquals("Skipped in this session: " + second + " (10% played).", why.get(1));
        assertEquals(
                "It was drawn uniformly from %d neighbours of %s."
                        .formatted(explanation.get("candidates").asInt(), first),
                why.get(2));
        assertEquals("The rule no-repeat left out " + first + ", " + second + ".", why.get(3));
        assertEquals("The rule skip-memory left out " + second + ".", why.get(4));
        assertEquals(5, why.size());
    }

    @Test
    void clampedSharesAreCounted() throws Exception {
        for (String time : List.of("1.5", "2", "1.0000001", "1", "0.5")) {
            assertEquals(
                    200, server.get("/next_track?user=1&track=1&time=" + time).statusCode());
        }
        server.post("/next_track", "{\"user\":1,\"track\":1,\"time\":1.01}");
        server.post("/next/1", "{\"track\":1,\"time\":1.01}");
        server.post("/last/1", "{\"track\":1,\"time\":1.01}");
        assertEquals(400, server.get("/next_track?user=1&track=1&time=2.01").statusCode());
        server.get("/next_track?user=1&track=1&time=1.5&dry_run=true");
        assertTrue(server.get("/metrics").body().contains("\nsegue_clamped_shares_total 5.0\n"));
    }

    @Test
    void dryRunLeavesNoTrace() throws Exception {
        JsonNode first = server.getJson("/next_track?user=100&track=0&time=0.3&explain=true&dry_run=true");
        JsonNode second = server.getJson("/next_track?user=100&track=0&time=0.3&explain=true&dry_run=true");
        assertEquals(first, second, "nothing changed in between");
        assertFalse(server.get("/metrics").body().contains("segue_recommendations_total{"), "dry runs are not counted");
        assertEquals(first, server.getJson("/next_track?user=100&track=0&time=0.3&explain=true"), "as in the dry run");
        assertEquals(1, server.logLines().size());
    }

    @Test
    void retriesGetTheFirstResponseAndLogOneEvent() throws Exception {
        String request = "{\"user\":100,\"track\":0,\"time\":0.3,\"request_id\":\"r-1\",\"count\":3,\"explain\":true}";
        JsonNode first = server.postJson("/next_track", request);
        for (int i = 0; i < 5; i++) {
            assertEquals(first, server.postJson("/next_track", request));
        }
        assertEquals(1, server.logLines().size());
        assertEquals("r-1", server.logLines().get(0).get("request_id").asString());
    }

    @Test
    void requestIdOfAnotherRequestIsAConflict() throws Exception {
        server.postJson("/next/100", "{\"track\":0,\"time\":0.3,\"request_id\":\"r-1\"}");
        var conflict = server.post("/last/100", "{\"track\":0,\"time\":0.3,\"request_id\":\"r-1\"}");
        assertEquals(409, conflict.statusCode());
        var otherPlayback = server.post("/next/100", "{\"track\":1,\"time\":0.3,\"request_id\":\"r-1\"}");
        assertEquals(409, otherPlayback.statusCode());
        assertEquals(1, server.logLines().size());
    }

    @Test
    void requestIdsOfListenersAreIndependent() throws Exception {
        server.postJson("/next/100", "{\"track\":0,\"time\":0.3,\"request_id\":\"r-1\"}");
        server.postJson("/next/101", "{\"track\":0,\"time\":0.3,\"request_id\":\"r-1\"}");
        assertEquals(2, server.logLines().size());
    }

    @Test
    void recommendationsByGetAreJsonAndNotCached() throws Exception {
        var response = server.get("/next_track?user=1");
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void allResponsesToGetAreNotCached() throws Exception {
        for (String path : List.of(
                "/",
                "/track/0",
                "/next_track?user=1",
                "/experiments",
                "/experiments/SERVING/assignment?user=1",
                "/health/live",
                "/health/ready",
                "/metrics",
                "/openapi.json")) {
            var cached = server.get(path).headers().firstValue("Cache-Control");
            assertEquals("no-store", cached.orElse(""), path);
        }
    }

    @Test
    void listenersCanHaveStringIds() throws Exception {
        String name = "3f0c7a9e-5b1d-4c35-9c55-\\\"quoted\\\"-é";
        JsonNode response = server.postJson("/next_track", "{\"user\":\"" + name + "\",\"track\":0,\"time\":0.3}");
        assertEquals(name.replace("\\\"", "\""), response.get("user").asString());
        assertEquals(response.get("user"), server.logLines().get(0).get("user"));
        assertTrue(
                server.postJson("/next_track", "{\"user\":\"42\"}").get("user").isString(), "the type of the request");
        assertTrue(server.postJson("/next_track", "{\"user\":42}").get("user").isNumber(), "the type of the request");
    }

    @Test
    void botifysEndpointsRespondInBotifysFormat() throws Exception {
        JsonNode next = server.postJson("/next/101", "{\"track\":0,\"time\":0.3}");
        assertEquals("{\"user\":101,\"track\":4}", next.toString());
        JsonNode last = server.postJson("/last/101", "{\"track\":4,\"time\":0.1}");
        assertEquals("{\"user\":101}", last.toString());
        JsonNode track = server.getJson("/track/1");
        assertEquals(
                "{\"track\":1,\"artist\":\"Odd\",\"title\":\"Title 1\",\"recommendations\":[0,2,3]}", track.toString());
        assertEquals("alive", server.getJson("/").get("status").asString());
        assertEquals(404, server.get("/track/6").statusCode());
    }

    @Test
    void sameSeedAndRequestsGetTheSameResponsesFromAnotherServer(@TempDir Path other) throws Exception {
        List<JsonNode> responses = play(server);
        try (TestServer otherServer = TestServer.in(other).start()) {
            assertEquals(responses, play(otherServer));
        }
    }

    @Test
    void anotherSeedGetsOtherResponses(@TempDir Path other) throws Exception {
        List<JsonNode> responses = play(server);
        try (TestServer otherServer = TestServer.in(other).with("seed", "1").start()) {
            assertNotEquals(responses, play(otherServer));
        }
    }

    private static List<JsonNode> play(TestServer server) throws Exception {
        List<JsonNode> responses = new ArrayList<>();
        for (int user = 200; user < 215; user++) {
            responses.add(server.postJson("/next_track", "{\"user\":" + user + "}"));
            responses.add(server.postJson("/next/" + user, "{\"track\":0,\"time\":0.3}"));
            responses.add(server.postJson("/next/" + user, "{\"track\":1,\"time\":0.3}"));
        }
        return responses;
    }

    @Test
    void allExperimentsAssignArmsAndTheServingOneChoosesTheRecommender() throws Exception {
        JsonNode experiments = server.getJson("/experiments").get("experiments");
        assertEquals(2, experiments.size());
        assertTrue(experiments.get(0).get("serves").asBoolean());
        assertFalse(experiments.get(1).get("serves").asBoolean());
        int aside = 0;
        for (int user = 300; user < 340; user++) {
            String arm = server.getJson("/experiments/SERVING/assignment?user=" + user)
                    .get("treatment")
                    .asString();
            JsonNode asideArm =
                    server.getJson("/experiments/ASIDE/assignment?user=" + user).get("treatment");
            server.postJson("/next/" + user, "{\"track\":0,\"time\":0.3}");
            JsonNode line = server.logLines().get(user - 300);
            assertEquals(arm, line.get("experiments").get("SERVING").asString());
            assertEquals(
                    arm.equals("C") ? "contextual" : "new",
                    line.get("recommender").asString());
            assertEquals(asideArm.isNull(), !line.get("experiments").has("ASIDE"));
            aside += asideArm.isNull() ? 0 : 1;
        }
        assertTrue(aside > 5 && aside < 35, "half of the traffic takes part: " + aside);
    }
}
