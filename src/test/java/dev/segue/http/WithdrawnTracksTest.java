package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Listener 100 draws from the neighbours of the previous track, then from the top tracks 4 and 5, then from all six tracks. */
class WithdrawnTracksTest {

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() throws Exception {
        server.close();
        server = TestServer.in(folder).start();
    }

    private JsonNode send(String method, String track) throws Exception {
        var response = server.send(method, "/admin/tracks/" + track, "text/plain", "");
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response);
    }

    private Set<Integer> recommended() throws Exception {
        Set<Integer> tracks = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            for (String user : new String[] {"100", "101", "7"}) {
                JsonNode response = server.getJson("/next_track?user=" + user + "&track=0&time=1&count=6");
                response.get("tracks").forEach(track -> tracks.add(track.asInt()));
            }
        }
        return tracks;
    }

    @Test
    void aWithdrawnTrackIsNotRecommendedUntilItIsRestored() throws Exception {
        assertEquals(
                "{\"track\":2,\"withdrawn\":true,\"in_catalog\":true}",
                send("DELETE", "2").toString());
        assertEquals(Set.of(0, 1, 3, 4, 5), recommended());
        assertTrue(server.get("/metrics").body().contains("\nsegue_withdrawn_tracks 1.0\n"));
        send("DELETE", "4");
        restart();
        assertEquals(Set.of(0, 1, 3, 5), recommended());
        assertEquals(200, server.post("/admin/reload", "").statusCode());
        assertEquals(Set.of(0, 1, 3, 5), recommended());
        assertEquals("{\"withdrawn\":[2,4]}", server.get("/admin/tracks").body());
        assertEquals(
                "{\"track\":2,\"withdrawn\":false,\"in_catalog\":true}",
                send("PUT", "2").toString());
        assertEquals(Set.of(0, 1, 2, 3, 5), recommended());
        restart();
        assertEquals(Set.of(0, 1, 2, 3, 5), recommended());
        assertTrue(send("GET", "4").get("withdrawn").asBoolean());
    }

    @Test
    void withdrawalFilterAndBanAddUp() throws Exception {
        send("DELETE", "2");
        server.post("/feedback", "{\"user\":100,\"track\":3,\"feedback\":\"ban\"}");
        for (int i = 0; i < 60; i++) {
            JsonNode response = server.getJson("/next_track?user=100&track=0&time=1&explain=true");
            assertEquals(1, response.get("track").asInt());
            assertEquals(1.0, response.get("explanation").get("propensity").asDouble());
            Set<Integer> ofAnother = new TreeSet<>();
            server.getJson("/next_track?user=7&tag_none=x&count=6")
                    .get("tracks")
                    .forEach(track -> ofAnother.add(track.asInt()));
            assertEquals(Set.of(0, 1, 3, 4, 5), ofAnother);
        }
    }

    @Test
    void repeatedChangesAreWrittenOnce() throws Exception {
        send("DELETE", "2");
        send("DELETE", "2");
        send("PUT", "3");
        assertEquals(
                1, Files.readAllLines(folder.resolve("state/withdrawn.jsonl")).size());
    }

    @Test
    void aTrackOfALaterCatalogCanBeWithdrawn() throws Exception {
        assertEquals(
                "{\"track\":\"spotify:track:later\",\"withdrawn\":true,\"in_catalog\":false}",
                send("DELETE", "spotify:track:later").toString());
        assertEquals(
                "{\"withdrawn\":[\"spotify:track:later\"]}",
                server.get("/admin/tracks").body());
        restart();
        assertEquals(
                "{\"withdrawn\":[\"spotify:track:later\"]}",
                server.get("/admin/tracks").body());
        send("PUT", "spotify:track:later");
        assertEquals(
                400,
                server.send("DELETE", "/admin/tracks/007", "text/plain", "").statusCode(),
                "looks like a number, and is no id of the catalog");
        assertEquals("{\"withdrawn\":[]}", server.get("/admin/tracks").body());
    }

    @Test
    void badIdsAreRefused() throws Exception {
        assertEquals(
                404, server.get("/admin/tracks/never-seen-" + System.nanoTime()).statusCode());
        assertEquals(
                400,
                server.send("DELETE", "/admin/tracks/" + "x".repeat(129), "text/plain", "")
                        .statusCode());
        assertEquals(405, server.post("/admin/tracks/2", "").statusCode());
        assertEquals(
                405, server.send("DELETE", "/admin/tracks", "text/plain", "").statusCode());
        assertTrue(Files.notExists(folder.resolve("state")));
    }
}
