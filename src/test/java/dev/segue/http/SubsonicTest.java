package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/** Calls the methods of OpenSubsonic. Listener 100 is forced to the arm whose neighbours of track 0 are 1, 2 and 3. */
@Timeout(120)
class SubsonicTest {

    /** The password and the token are those of the example in the API's documentation. */
    private static final String TOKEN = "u=100&t=26719a1196d2a940705a59634eb18eab&s=c19b2d&v=1.16.1&c=test";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // every test starts one
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        TestServer files = TestServer.in(folder)
                .with("adapters.opensubsonic_users", "{\"100\": \"sesame\", \"anna\": \"pässword\"}");
        List<String> lines = Files.readAllLines(folder.resolve("tracks.json"));
        lines.set(1, lines.get(1).replace("{\"track\":1,", "{\"track\":1,\"duration_ms\":200000,"));
        lines.set(2, lines.get(2).replace("{\"track\":2,", "{\"track\":2,\"duration_ms\":\"3:20\","));
        Files.write(folder.resolve("tracks.json"), lines);
        server = files.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode call(String method, String parameters) throws Exception {
        HttpResponse<String> response = server.get("/rest/" + method + "?" + TOKEN + "&f=json&" + parameters);
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response).get("subsonic-response");
    }

    private JsonNode callOk(String method, String parameters) throws Exception {
        JsonNode response = call(method, parameters);
        assertEquals("ok", response.get("status").asString(), response.toString());
        return response;
    }

    private void assertFails(int code, String method, String parameters) throws Exception {
        JsonNode response = call(method, parameters);
        assertEquals("failed", response.get("status").asString(), parameters);
        assertEquals(code, response.get("error").get("code").asInt(), response.toString());
    }

    private static List<String> ids(JsonNode songs) {
        List<String> ids = new ArrayList<>();
        songs.forEach(song -> ids.add(song.get("id").asString()));
        return ids;
    }

    private Element xml(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertEquals(
                "application/xml", response.headers().firstValue("Content-Type").orElse(""));
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    @Test
    void pingIsInThePublishedForm() throws Exception {
        for (String method : List.of("ping", "ping.view")) {
            JsonNode response = callOk(method, "");
            assertEquals("1.16.1", response.get("version").asString());
            assertEquals("segue", response.get("type").asString());
            assertFalse(response.get("serverVersion").asString().isEmpty());
            assertTrue(response.get("openSubsonic").asBoolean());
        }
        Element root = xml("/rest/ping?" + TOKEN);
        assertEquals("http://subsonic.org/restapi", root.getNamespaceURI());
        assertEquals("subsonic-response", root.getLocalName());
        assertEquals("ok", root.getAttribute("status"));
        assertEquals("true", root.getAttribute("openSubsonic"));
    }

    @ParameterizedTest
    @CsvSource({
        "u=100&p=sesame&v=1.16.1&c=t, 0",
        "u=100&p=enc:736573616d65&v=1.16.1&c=t, 0",
        "u=anna&p=p%C3%A4ssword&v=1.16.1&c=t, 0",
        "u=100&t=26719A1196D2A940705A59634EB18EAB&s=c19b2d&v=1.16.1&c=t, 0",
        "'', 10",
        "u=100&v=1.16.1&c=t, 10",
        "p=sesame&v=1.16.1&c=t, 10",
        "u=100&p=sesame&c=t, 10",
        "u=100&p=sesame&v=1.16.1, 10",
        "u=100&t=26719a1196d2a940705a59634eb18eab&v=1.16.1&c=t, 10",
        "u=100&p=wrong&v=1.16.1&c=t, 40",
        "u=100&p=enc:7365&v=1.16.1&c=t, 40",
        "u=100&p=enc:xyz&v=1.16.1&c=t, 40",
        "u=nobody&p=sesame&v=1.16.1&c=t, 40",
        "u=anna&p=sesame&v=1.16.1&c=t, 40",
        "u=nobody&t=4a8a08f09d37b73795649038408b5f33&s=c&v=1.16.1&c=t, 40",
        "u=100&t=26719a1196d2a940705a59634eb18eab&s=other&v=1.16.1&c=t, 40",
        "apiKey=x&v=1.16.1&c=t, 42",
        "apiKey=x&u=100&v=1.16.1&c=t, 43",
        "u=100&p=sesame&t=26719a1196d2a940705a59634eb18eab&s=c19b2d&v=1.16.1&c=t, 43"
    })
    void usersAreAuthenticated(String parameters, int code) throws Exception {
        HttpResponse<String> response = server.get("/rest/ping.view?f=json&" + parameters);
        assertEquals(200, response.statusCode());
        JsonNode result = TestServer.json(response).get("subsonic-response");
        assertEquals(code == 0 ? "ok" : "failed", result.get("status").asString(), response.body());
        assertEquals(code, result.path("error").path("code").asInt(0), response.body());
        assertFalse(response.body().contains("sesame"), "secrets are not shown");
    }

    @Test
    void errorsAreInXmlByDefault() throws Exception {
        Element root = xml("/rest/ping");
        assertEquals("failed", root.getAttribute("status"));
        Element error = (Element) root.getElementsByTagNameNS("*", "error").item(0);
        assertEquals("10", error.getAttribute("code"));
        assertEquals("Required parameter is missing: u", error.getAttribute("message"));
    }

    @Test
    void extensionsNeedNoUser() throws Exception {
        JsonNode response = TestServer.json(server.get("/rest/getOpenSubsonicExtensions?f=json"))
                .get("subsonic-response");
        assertEquals(
                "[{\"name\":\"formPost\",\"versions\":[1]},{\"name\":\"playbackReport\",\"versions\":[1]}]",
                normalized(response.get("openSubsonicExtensions")));
        Element first = (Element) xml("/rest/getOpenSubsonicExtensions")
                .getElementsByTagNameNS("*", "openSubsonicExtensions")
                .item(0);
        assertEquals("formPost", first.getAttribute("name"));
        assertEquals("1", first.getTextContent());
    }

    private static String normalized(JsonNode extensions) {
        var text = new StringBuilder("[");
        extensions.forEach(extension -> text.append(text.length() > 1 ? "," : "")
                .append("{\"name\":")
                .append(extension.get("name"))
                .append(",\"versions\":")
                .append(extension.get("versions"))
                .append("}"));
        return text.append("]").toString();
    }

    @Test
    void similarSongsAreThoseOfTheListenersArm() throws Exception {
        JsonNode songs = callOk("getSimilarSongs.view", "id=0&count=3")
                .get("similarSongs")
                .get("song");
        assertEquals(List.of("1", "2", "3"), ids(songs).stream().sorted().toList());
        for (JsonNode song : songs) {
            assertFalse(song.get("isDir").asBoolean());
            assertEquals("Title " + song.get("id").asString(), song.get("title").asString());
            assertEquals(song.get("artist").asString(), song.get("artistId").asString());
            assertEquals(
                    song.get("id").asString().equals("1") ? 200 : 0,
                    song.path("duration").asInt(0));
        }
        Element song = (Element) xml("/rest/getSimilarSongs?" + TOKEN + "&id=0&count=3")
                .getElementsByTagNameNS("*", "song")
                .item(0);
        assertEquals("false", song.getAttribute("isDir"));
        assertEquals(
                3,
                callOk("getSimilarSongs2", "id=Odd&count=3")
                        .get("similarSongs2")
                        .get("song")
                        .size());
        assertEquals(
                0,
                callOk("getSimilarSongs", "id=0&count=0")
                        .get("similarSongs")
                        .get("song")
                        .size());
        assertEquals(0, server.logLines().size(), "nothing is logged");
    }

    @Test
    void sonicMatchesHaveASimilarity() throws Exception {
        JsonNode matches = callOk("getSonicSimilarTracks", "id=0&count=2").get("sonicMatch");
        assertEquals(2, matches.size());
        assertEquals(-1, matches.get(0).get("similarity").asDouble(), "the catalog has no scores");
        assertTrue(matches.get(0).get("entry").has("title"));
    }

    @Test
    void unknownIdsAreNotFound() throws Exception {
        for (String id : List.of("99", "nothing", "-1", "x".repeat(200))) {
            assertFails(70, "getSimilarSongs", "id=" + id);
            assertFails(70, "getSonicSimilarTracks", "id=" + id);
        }
        assertFails(10, "getSimilarSongs", "");
        assertFails(0, "getSimilarSongs", "id=0&count=x");
        assertEquals(404, server.get("/rest/getAlbum?" + TOKEN).statusCode());
        assertFails(0, "ping", "f=jsonp");
    }

    @Test
    void aScrobbleIsAPlay() throws Exception {
        long now = server.now.get();
        callOk("scrobble", "id=1&time=" + (now - 300_000));
        callOk("scrobble", "id=1&time=" + (now - 300_000)); // a retry
        callOk("scrobble", "id=2&submission=false");
        callOk("scrobble", "id=2&id=unheard&time=" + (now - 90_000) + "&time=" + (now - 1000));
        assertFails(10, "scrobble", "");
        assertFails(0, "scrobble", "id=1&time=x");
        assertFails(0, "scrobble", "id=1&id=2&time=1");
        assertFails(70, "scrobble", "id=-1");
        List<JsonNode> lines = server.logLines();
        assertEquals(
                List.of("1", "2", "\"unheard\""),
                lines.stream().map(line -> line.get("track").toString()).toList());
        assertEquals(3, lines.get(2).get("seq").asInt());
        assertEquals(1, lines.get(0).get("time").asDouble());
        assertEquals(100, lines.get(0).get("user").asInt());
        assertTrue(lines.get(0).get("recommendation").isNull());
        assertEquals(
                4,
                server.getJson("/next_track?user=100&track=3&time=1&explain=true")
                        .get("explanation")
                        .get("seq")
                        .asInt(),
                "the session continues");
    }

    @Test
    void formsArePosted() throws Exception {
        HttpResponse<String> response =
                server.send("POST", "/rest/scrobble.view", "application/x-www-form-urlencoded", TOKEN + "&f=json&id=1");
        assertEquals(
                "ok",
                TestServer.json(response).get("subsonic-response").get("status").asString());
        assertEquals(1, server.logLines().size());
    }

    private void report(String track, long seconds, String state) throws Exception {
        server.now.addAndGet(TimeUnit.SECONDS.toMillis(1));
        callOk(
                "reportPlayback",
                "mediaId=" + track + "&mediaType=song&positionMs=" + 1000 * seconds + "&state=" + state);
    }

    @Test
    void aStoppedPlaybackIsAPlayWithItsShare() throws Exception {
        report("1", 0, "starting");
        report("1", 20, "playing");
        report("1", 50, "paused");
        assertEquals(0, server.logLines().size());
        report("1", 50, "stopped");
        report("1", 50, "stopped"); // a retry
        report("2", 0, "starting");
        report("2", 105, "playing");
        report("0", 0, "starting"); // ends track 2, whose duration is not known
        report("0", 500, "stopped");
        callOk("reportPlayback", "mediaId=4&mediaType=song&positionMs=9000&state=stopped&ignoreScrobble=true");
        callOk("reportPlayback", "mediaId=4&mediaType=podcast&positionMs=9000&state=stopped");
        assertEquals(
                List.of("1 0.25", "2 0.5", "0 1.0"),
                server.logLines().stream()
                        .map(line -> line.get("track") + " " + line.get("time").asDouble())
                        .toList());
        assertFails(0, "reportPlayback", "mediaId=4&mediaType=song&positionMs=9000&state=x");
        assertFails(0, "reportPlayback", "mediaId=4&mediaType=film&positionMs=9000&state=stopped");
        assertFails(10, "reportPlayback", "mediaId=4&mediaType=song&state=stopped");
    }

    @Test
    void textsThatXmlCannotHaveAreReplaced() throws Exception {
        Element root = xml("/rest/getSimilarSongs?" + TOKEN + "&id=%01%3C%26%22");
        Element error = (Element) root.getElementsByTagNameNS("*", "error").item(0);
        assertTrue(error.getAttribute("message").contains("\uFFFD<&\""), error.getAttribute("message"));
    }
}
