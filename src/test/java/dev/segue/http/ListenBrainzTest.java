package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogs;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.id.TrackIds;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports plays as ListenBrainz's clients do. Listener 100 is forced to the control arm. */
@Timeout(120)
class ListenBrainzTest {

    private static final String TOKEN = "5a9e2b1c-token-of-100";
    private static final String SUBMIT = "/listenbrainz/1/submit-listens";
    private static final String VALIDATE = "/listenbrainz/1/validate-token";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private TestServer files() throws Exception {
        return TestServer.in(folder)
                .with("adapters.listenbrainz_tokens", "{\"100\": \"" + TOKEN + "\", \"anna\": \"token-of-anna\"}");
    }

    private static HttpResponse<String> submit(TestServer server, String authorization, String body) throws Exception {
        return CLIENT.send(request(server, SUBMIT, authorization, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(TestServer server, String path, String authorization, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private static void submitOk(TestServer server, String body) throws Exception {
        HttpResponse<String> response = submit(server, "Token " + TOKEN, body);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("{\"status\":\"ok\"}", response.body());
    }

    private static String body(String type, String... listens) {
        return "{\"listen_type\":\"" + type + "\",\"payload\":[" + String.join(",", listens) + "]}";
    }

    /** A listen of a track of the catalog. */
    private static String listen(long seconds, int track, String additionalInfo) {
        return listen(seconds, track % 2 == 0 ? "Even" : "Odd", "Title " + track, additionalInfo);
    }

    private static String listen(long seconds, String artist, String title, String additionalInfo) {
        return "{\"listened_at\":" + seconds + ",\"track_metadata\":{\"artist_name\":\"" + artist
                + "\",\"track_name\":\"" + title + "\",\"additional_info\":{" + additionalInfo + "}}}";
    }

    private static long now(TestServer server) {
        return server.now.get() / 1000;
    }

    @Test
    void aListenIsAPlayInTheListenersSession() throws Exception {
        try (TestServer server = files().start()) {
            submitOk(
                    server,
                    body("single", listen(now(server) - 100, 1, "\"duration_ms\":200000,\"duration_played\":50")));
            JsonNode event = server.logLines().get(0);
            assertEquals("next", event.get("message").asString());
            assertEquals(100, event.get("user").asInt());
            assertEquals(1, event.get("track").asInt());
            assertEquals(0.25, event.get("time").asDouble());
            assertTrue(event.get("recommendation").isNull());
            assertEquals("C", event.get("experiments").get("SERVING").asString());
            assertEquals(1, event.get("session").asInt());
            assertEquals(1, event.get("seq").asInt());
            assertEquals(server.now.get(), event.get("timestamp").asLong());

            JsonNode next = server.getJson("/next_track?user=100&track=2&time=1&explain=true");
            assertEquals(1, next.get("explanation").get("session").asInt());
            assertEquals(2, next.get("explanation").get("seq").asInt(), "the session continues");
        }
    }

    @Test
    void bothPathsAreServedAndNothingWithoutTheSetting() throws Exception {
        try (TestServer server = files().start()) {
            for (String path : List.of("/1/submit-listens", SUBMIT)) {
                String body = body("single", listen(now(server) - path.length(), 1, ""));
                assertEquals(
                        200,
                        CLIENT.send(request(server, path, "Token " + TOKEN, body), BodyHandlers.ofString())
                                .statusCode());
            }
            assertEquals(2, server.events().size());
        }
        try (TestServer off = TestServer.in(folder).start()) {
            for (String path : List.of("/1/submit-listens", SUBMIT, "/1/validate-token", VALIDATE)) {
                assertEquals(404, off.post(path, "{}").statusCode(), path);
            }
        }
    }

    @Test
    void theShareIsPlayedTimeByDurationOrOne() throws Exception {
        try (TestServer server = files().start()) {
            long start = now(server) - 900;
            submitOk(
                    server,
                    body(
                            "import",
                            listen(start, 0, ""),
                            listen(start + 1, 1, "\"duration\":100,\"duration_played\":80"),
                            listen(start + 2, 2, "\"duration_ms\":100000,\"duration_played\":500"),
                            listen(start + 3, 3, "\"duration_played\":50"),
                            listen(start + 4, 4, "\"duration_ms\":-1,\"duration_played\":\"x\"")));
            assertEquals(
                    List.of(1.0, 0.8, 1.0, 1.0, 1.0),
                    server.logLines().stream()
                            .map(line -> line.get("time").asDouble())
                            .toList());
        }
    }

    @Test
    void playingNowIsNotLogged() throws Exception {
        try (TestServer server = files().start()) {
            submitOk(
                    server,
                    body("playing_now", "{\"track_metadata\":{\"artist_name\":\"Odd\",\"track_name\":\"Title 1\"}}"));
            assertEquals(0, server.logLines().size());
        }
    }

    @Test
    void tracksAreMatchedByIdThenByArtistAndTitle() throws Exception {
        String mbid = "e225fb84-dc9a-419e-adcd-9890f59ec432";
        TestServer configured = files();
        Files.writeString(folder.resolve("tracks.json"), """
                {"track":"%s","artist":"Dool","title":"Vantablack"}
                {"track":"Sigur Rós – Hoppípolla","artist":"Sigur Rós","title":"Hoppípolla"}
                {"track":7,"artist":"Beyoncé","title":"Halo  (Live)"}
                {"track":8,"artist":"Beyoncé","title":"Halo (Live)"}
                """.formatted(mbid));
        try (TestServer server = configured.start()) {
            long start = now(server) - 900;
            submitOk(
                    server,
                    body(
                            "import",
                            listen(start, "other", "name", "\"recording_mbid\":\"" + mbid + "\""),
                            listen(start + 1, "DOOL ", "vantaBLACK", ""),
                            listen(start + 2, "Sigur Rós", "Hoppípolla", ""),
                            listen(start + 3, "BEYONCE\\u0301", "halo (live)", ""),
                            listen(start + 4, "Новый", "Трек", ""),
                            listen(
                                    start + 5,
                                    "N",
                                    "T",
                                    "\"recording_msid\":\"00000000-0000-0000-0000-000000000001\"")));
            assertEquals(
                    List.of(
                            "\"" + mbid + "\"",
                            "\"" + mbid + "\"",
                            "\"Sigur Rós – Hoppípolla\"",
                            "7",
                            "\"Новый – Трек\"",
                            "\"00000000-0000-0000-0000-000000000001\""),
                    server.logLines().stream()
                            .map(line -> line.get("track").toString())
                            .toList());
            assertTrue(
                    server.get("/metrics").body().contains("\nsegue_reported_plays_total{outcome=\"unknown\"} 2.0\n"));
        }
    }

    /** Many unknown tracks leave no trace in the table of ids. */
    @Test
    void unknownTracksAreNotRemembered() throws Exception {
        try (TestServer server = files().start()) {
            for (int request = 0; request < 10; request++) {
                long start = now(server) - 1500;
                String title = "unheard " + request + " ";
                submitOk(
                        server,
                        body(
                                "import",
                                IntStream.range(0, 400)
                                        .mapToObj(i -> listen(start + i, "Nobody", title + i, ""))
                                        .toArray(String[]::new)));
            }
            assertEquals(4000, server.logLines().size());
            assertEquals(TrackIds.UNKNOWN, TrackIds.find("Nobody – unheard 9 399"));
        }
    }

    @Test
    void duplicatesCountOnceAlsoAfterARestart() throws Exception {
        String[] listens;
        try (TestServer server = files().start()) {
            long start = now(server) - 3000;
            listens = IntStream.range(0, 100)
                    .mapToObj(i -> listen(start + 20L * i, i % 6, ""))
                    .toArray(String[]::new);
            submitOk(server, body("import", listens));
            submitOk(server, body("import", listens));
            submitOk(server, body("single", listens[50]));
        }
        TestServer restarted = files();
        restarted.now.addAndGet(TimeUnit.MINUTES.toMillis(10));
        try (TestServer server = restarted.start()) {
            submitOk(server, body("import", listens));
            long plays =
                    server.logLines().stream().filter(line -> line.has("track")).count();
            assertEquals(100, plays);
            assertTrue(server.get("/metrics")
                    .body()
                    .contains("\nsegue_reported_plays_total{outcome=\"duplicate\"} 100.0\n"));
            HttpResponse<String> ofAnna = submit(server, "Token token-of-anna", body("single", listens[0]));
            assertEquals(200, ofAnna.statusCode());
            assertEquals(
                    101,
                    server.logLines().stream().filter(line -> line.has("track")).count());
        }
    }

    /** Two sessions of last week, reported after each other, with a play of now between them. */
    @Test
    void earlierListensAreSessionsOfTheirOwn() throws Exception {
        try (TestServer server = files().start()) {
            long week = TimeUnit.DAYS.toSeconds(7);
            long start = now(server) - week;
            submitOk(
                    server,
                    body(
                            "import",
                            listen(start + 7200, 3, ""),
                            listen(start + 7400, 4, ""),
                            listen(start, 0, ""),
                            listen(start + 200, 1, ""),
                            listen(start + 400, 2, "")));
            submitOk(server, body("single", listen(start + 7600, 5, "")));
            submitOk(server, body("single", listen(now(server) - 60, 0, "")));
            JsonNode next = server.getJson("/next_track?user=100&track=1&time=1&explain=true");
            assertEquals(1, next.get("explanation").get("session").asInt(), "the history begins with the play of now");
            assertEquals(2, next.get("explanation").get("seq").asInt());
        }
        List<List<String>> sessions = new ArrayList<>();
        try (SessionReader reader = new SessionReader(
                EventLogs.find(List.of(folder.resolve("log").toString())).open(), SessionRule.DEFAULT)) {
            for (Session session = reader.next(); session != null; session = reader.next()) {
                sessions.add(session.playbacks().stream()
                        .map(playback -> playback.trackId())
                        .toList());
            }
        }
        assertEquals(List.of(List.of("0", "1", "2"), List.of("3", "4", "5"), List.of("0", "1")), sessions);
    }

    @Test
    void earlierListensAreInNoArm() throws Exception {
        try (TestServer server = files().start()) {
            submitOk(server, body("single", listen(now(server) - 86_400, 0, "")));
            for (JsonNode line : server.logLines()) {
                assertTrue(line.get("experiments").isEmpty());
                assertEquals(0, line.get("session").asInt());
            }
        }
    }

    @Test
    void tokensAreValidated() throws Exception {
        try (TestServer server = files().start()) {
            assertEquals(
                    MAPPER.readTree("{\"code\":200,\"message\":\"Token valid.\",\"valid\":true,\"user_name\":\"100\"}"),
                    validate(server, "Token " + TOKEN, 200));
            assertEquals(
                    MAPPER.readTree("{\"code\":200,\"message\":\"Token invalid.\",\"valid\":false}"),
                    validate(server, "Token wrong", 200));
            assertEquals(400, validate(server, "", 400).get("code").asInt());
        }
    }

    private static JsonNode validate(TestServer server, String authorization, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(VALIDATE));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        assertEquals(status, response.statusCode());
        return MAPPER.readTree(response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Token", "Token wrong", "Basic MTAwOng=", "Token " + TOKEN + " more", "Token token-of-ann"})
    void badTokensAreRefused(String authorization) throws Exception {
        try (TestServer server = files().start()) {
            HttpResponse<String> response = submit(server, authorization, body("single", listen(1, 0, "")));
            assertEquals(401, response.statusCode());
            assertEquals(401, TestServer.json(response).get("code").asInt());
            assertFalse(TestServer.json(response).get("error").asString().isEmpty());
            assertFalse(response.body().contains("token-of"), "secrets are not shown");
            assertEquals(
                    "Token", response.headers().firstValue("WWW-Authenticate").orElse(""));
            assertEquals(0, server.logLines().size());
        }
    }

    @Test
    void malformedPayloadsAreRefusedAndLogNothing() throws Exception {
        String good = listen(1_600_000_000, 0, "");
        try (TestServer server = files().start()) {
            for (String bad : List.of(
                    "",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    body("single"),
                    body("other", good),
                    body("single", good, good),
                    "{\"listen_type\":\"single\",\"payload\":" + good + "}",
                    "{\"listen_type\":1,\"payload\":[" + good + "]}",
                    body("import", good, "7"),
                    body("single", good.replace("1600000000", "\"x\"")),
                    body("single", good.replace("1600000000", "0")),
                    body("single", good.replace("1600000000", "1e300")),
                    body("single", good.replace("1600000000", "99999999999999999999999")),
                    body("single", good.replace("1600000000", "1700000000000")),
                    body("single", good.replace("Title 0", "")),
                    body("single", good.replace("Title 0", "\\ud800")),
                    body("single", good.replace("Title 0", "a\\u0000b")),
                    body("single", good.replace("\"Even\"", "[\"Even\"]")),
                    body("single", listen(1_600_000_000, 0, "\"recording_mbid\":\"x\"")),
                    body("single", listen(1_600_000_000, 0, "\"recording_mbid\":7")),
                    body("single", "{\"listened_at\":1600000000,\"track_metadata\":[]}"),
                    "[".repeat(5000))) {
                HttpResponse<String> response = submit(server, "Token " + TOKEN, bad);
                assertEquals(400, response.statusCode(), bad + " " + response.body());
                JsonNode problem = TestServer.json(response);
                assertEquals(400, problem.get("code").asInt());
                assertEquals(problem.get("detail"), problem.get("error"));
            }
            assertEquals(0, server.logLines().size());
        }
    }

    @Test
    void aThousandListensAreTheMaximum() throws Exception {
        try (TestServer server = files().start()) {
            long start = now(server) - 1500;
            String[] listens = IntStream.range(0, 1001)
                    .mapToObj(i -> listen(start + i, i % 6, ""))
                    .toArray(String[]::new);
            HttpResponse<String> response = submit(server, "Token " + TOKEN, body("import", listens));
            assertEquals(400, response.statusCode());
            assertTrue(response.body().contains("more than 1000 listens"), response.body());
            assertEquals(0, server.logLines().size());
            submitOk(server, body("import", Arrays.copyOf(listens, 1000)));
            assertEquals(1000, server.logLines().size());
        }
    }

    @Test
    void bodiesAreLimitedAsThoseOfBatches() throws Exception {
        try (TestServer server = files().with("server.max_body_bytes", "1000").start()) {
            String longInfo = "\"x\":\"" + "y".repeat(64_000) + "\"";
            HttpResponse<String> response =
                    submit(server, "Token " + TOKEN, body("single", listen(now(server), 0, longInfo)));
            assertEquals(413, response.statusCode());
            String shorter = "\"x\":\"" + "y".repeat(60_000) + "\"";
            submitOk(server, body("single", listen(now(server), 0, shorter)));
        }
    }

    @Test
    void theResponseWaitsForTheLog() throws Exception {
        var disk = new StallingDisk();
        try (TestServer server = files().with(disk).start()) {
            submitOk(server, body("single", listen(now(server) - 1, 0, "")));
            disk.stall();
            CompletableFuture<HttpResponse<String>> response = CLIENT.sendAsync(
                    request(server, SUBMIT, "Token " + TOKEN, body("single", listen(now(server), 1, ""))),
                    BodyHandlers.ofString());
            server.awaitBacklog();
            CompletableFuture<HttpResponse<String>> repeated = CLIENT.sendAsync(
                    request(server, SUBMIT, "Token " + TOKEN, body("single", listen(now(server), 1, ""))),
                    BodyHandlers.ofString());
            assertFalse(response.isDone());
            assertFalse(repeated.isDone());
            disk.work();
            assertEquals(200, response.join().statusCode());
            assertEquals(200, repeated.join().statusCode(), "a duplicate waits for the event of the first report");
            assertEquals(2, server.events().size());
        }
    }

    /** A reload replaces the index of artists and titles. */
    @Test
    void aReloadMatchesTheNewCatalog() throws Exception {
        try (TestServer server = files().start()) {
            submitOk(server, body("single", listen(now(server) - 2, "New", "Song", "")));
            String tracks = Files.readString(folder.resolve("tracks.json"));
            Files.writeString(
                    folder.resolve("tracks.json"),
                    tracks + "{\"track\":6,\"artist\":\"New\",\"title\":\"Song\",\"recommendations\":[]}\n");
            assertEquals(200, server.post("/admin/reload", "").statusCode());
            submitOk(server, body("single", listen(now(server) - 1, "New", "Song", "")));
            assertEquals(
                    List.of("\"New – Song\"", "6"),
                    server.logLines().stream()
                            .map(line -> line.get("track").toString())
                            .collect(Collectors.toList()));
        }
    }
}
