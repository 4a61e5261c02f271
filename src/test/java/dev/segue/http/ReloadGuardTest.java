package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds beyond which a reload is refused. */
@Timeout(120)
class ReloadGuardTest extends WithServer {

    @Test
    void theBoundOfLostDataIsASetting() throws Exception {
        server.with("reload.max_lost_percent", "25").start();
        edit("tracks.json", "[1,2,3]", "[]");
        assertEquals(200, reload(), "1 of 4 tracks with neighbours");
        edit("tracks.json", "[0,2,3]", "[]");
        assertEquals(
                "TRACKS_CATALOG: 1 of 3 tracks with neighbours have lost them (33.3%; reload.max_lost_percent is 25)",
                refusal());
    }

    @Test
    void theBoundOfUnknownTracksIsASetting() throws Exception {
        server.with("reload.max_unknown_points", "9").start();
        edit("tracks.json", "[0,1,2]", "[0,1,99]");
        assertEquals(200, reload(), "1 of 12 references");
        edit("tracks.json", "[0,1,3]", "[99,98,3]");
        assertEquals(
                "TRACKS_CATALOG: 25.0% of the tracks in its lists are unknown, before 8.3% (16.7 points more;"
                        + " reload.max_unknown_points is 9)",
                refusal());
    }

    @Test
    void newTracksWithoutNeighboursAreRefusedBeyondTheirBound() throws Exception {
        server.start();
        append("tracks_nn.json", 6, 8);
        assertEquals(200, reload(), "4 of 8 tracks, before 2 of 6");
        append("tracks_nn.json", 8, 20);
        assertEquals(
                "TRACKS_CATALOG: 80.0% of the tracks have no neighbours, before 50.0% (30.0 points more;"
                        + " reload.max_without_neighbours_points is 20); TRACKS_CATALOG_NN: 80.0% of the tracks have no"
                        + " neighbours, before 50.0% (30.0 points more; reload.max_without_neighbours_points is 20)",
                refusal());
        assertEquals(200, server.post("/admin/reload?force=true", "").statusCode());
    }

    @Test
    void theBoundOfTracksWithoutNeighboursIsASetting() throws Exception {
        server.with("reload.max_without_neighbours_points", "16").start();
        append("tracks.json", 6, 8);
        assertTrue(refusal().contains("50.0% of the tracks have no neighbours, before 33.3% (16.7 points more;"));
    }

    @Test
    void catalogWithoutTheTracksThatListenersPlayIsRefused() throws Exception {
        server.start();
        play(40);
        removeTrack5();
        assertEquals(
                "the tracks of 30 of 40 plays of the last day are unknown, before 0 (75.0 points more;"
                        + " reload.max_unknown_plays_points is 20)",
                refusal());
        assertEquals(200, server.post("/admin/reload?force=true", "").statusCode());
        assertEquals(200, reload(), "the plays are unknown to both generations now");
    }

    @Test
    void theBoundOfUnknownPlaysIsASetting() throws Exception {
        server.with("reload.max_unknown_plays_points", "75")
                .with("reload.min_known_plays_percent", "0")
                .start();
        play(40);
        removeTrack5();
        assertEquals(200, reload());
    }

    @Test
    void aReloadMayNotLowerTheShareOfKnownPlaysBelowItsBound() throws Exception {
        server.with("reload.max_unknown_plays_points", "100")
                .with("reload.min_known_plays_percent", "26")
                .start();
        play(40);
        removeTrack5();
        assertEquals(
                "the tracks of 30 of 40 plays of the last day are unknown, before 0 (25.0% are known;"
                        + " reload.min_known_plays_percent is 26)",
                refusal());
        assertEquals(200, server.post("/admin/reload?force=true", "").statusCode());
        edit("tracks.json", "Title 1", "Another title");
        assertEquals(200, reload(), "the share is below its bound, but no lower than before");
    }

    @Test
    void theLeastShareOfKnownPlaysIsASetting() throws Exception {
        server.with("reload.max_unknown_plays_points", "100")
                .with("reload.min_known_plays_percent", "25")
                .start();
        play(40);
        removeTrack5();
        assertEquals(200, reload());
    }

    @Test
    void playsOfEarlierDaysDoNotCount() throws Exception {
        server.start();
        play(40);
        server.now.addAndGet(Duration.ofDays(1).toMillis() + 1);
        removeTrack5();
        assertEquals(200, reload());
    }

    @Test
    void fewPlaysDoNotDecide() throws Exception {
        server.start();
        play(16);
        removeTrack5();
        assertEquals(200, reload());
    }

    /** Three quarters of the plays are of track 5, by four listeners. */
    private void play(int plays) throws Exception {
        for (int i = 0; i < plays; i++) {
            String play = "{\"track\":" + (i % 4 == 0 ? 1 : 5) + ",\"time\":0.5}";
            assertEquals(200, server.post("/next/" + i / 4 % 4, play).statusCode());
        }
    }

    /** Removes one of the six tracks, less than the bound of lost tracks. */
    private void removeTrack5() throws IOException {
        for (String name : new String[] {"tracks.json", "tracks_nn.json"}) {
            Path file = folder.resolve(name);
            Files.write(
                    file,
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.startsWith("{\"track\":5,"))
                            .toList());
        }
        edit("tracks_nn.json", "[5]", "[4]");
        edit("tracks_nn.json", "[4,5]", "[4]");
        edit("tracks_nn.json", "[5,4]", "[4]");
        Files.writeString(folder.resolve("top.json"), "[4,3]");
    }

    private void edit(String name, String part, String replacement) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, Files.readString(file).replace(part, replacement));
    }

    /** Adds tracks without neighbours. */
    private void append(String name, int first, int end) throws IOException {
        Path file = folder.resolve(name);
        var lines = new StringBuilder(Files.readString(file));
        for (int track = first; track < end; track++) {
            lines.append("{\"track\":" + track + ",\"artist\":\"New\",\"title\":\"Title " + track
                    + "\",\"recommendations\":[]}\n");
        }
        Files.writeString(file, lines);
    }

    private int reload() throws Exception {
        return server.post("/admin/reload", "").statusCode();
    }

    /** Reloads, and returns the faults. */
    private String refusal() throws Exception {
        String before = server.server().generation();
        var refused = server.post("/admin/reload", "");
        assertEquals(409, refused.statusCode(), refused.body());
        assertEquals(before, server.server().generation());
        String detail = TestServer.json(refused).get("detail").asString();
        String prefix = "the old catalogs continue to serve, because the new ones differ too much: ";
        String suffix = "; correct the files, or POST /admin/reload?force=true if this is meant";
        assertTrue(detail.startsWith(prefix) && detail.endsWith(suffix), detail);
        String faults = detail.substring(prefix.length(), detail.length() - suffix.length());
        assertFalse(faults.isEmpty());
        return faults;
    }
}
