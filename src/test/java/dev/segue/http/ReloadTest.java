package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Reloads the catalogs of a running server. Listener 100 is in control, which serves neighbours of the track catalog. */
@Timeout(120)
class ReloadTest {

    private static final String REQUEST = "{\"user\":100,\"track\":0,\"time\":0.3,\"explain\":true}";

    /** A catalog in which the new track 6 is the only known neighbour of track 0; track 9 is unknown. */
    private static final String OTHER = """
            {"track":0,"artist":"Other","title":"Other 0","recommendations":[6,9]}
            {"track":1,"artist":"Odd","title":"Title 1","recommendations":[0,2,3]}
            {"track":2,"artist":"Even","title":"Title 2","recommendations":[0,1,3]}
            {"track":3,"artist":"Odd","title":"Title 3","recommendations":[0,1,2]}
            {"track":6,"artist":"Other","title":"Other 6","recommendations":[0]}
            """;

    @TempDir
    Path folder;

    private final Semaphore mayLoad = new Semaphore(0);
    private final AtomicBoolean reloadDuringNextRequest = new AtomicBoolean();
    private String before = "";

    @SuppressWarnings("NullAway.Init") // started before each test
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        mayLoad.release(); // for the start
        server = TestServer.in(folder)
                .withCatalogs(this::load)
                .onTimeRead(this::onTimeRead)
                .start();
        before = server.server().generation();
    }

    @AfterEach
    void stop() {
        mayLoad.release(100);
        server.close();
    }

    @Test
    void reloadServesTheNewFiles() throws Exception {
        assertEquals(404, server.get("/track/6").statusCode());
        mayLoad.release();
        write(OTHER);
        JsonNode reloaded = server.postJson("/admin/reload", "");
        String generation = reloaded.get("generation").asString();
        assertNotEquals(before, generation);
        assertEquals(7, reloaded.get("tracks").asInt());
        assertTrue(reloaded.get("warnings").get(0).asString().contains("tracks.json"), reloaded.toString());

        JsonNode response = server.postJson("/next_track", REQUEST);
        assertEquals(6, response.get("track").asInt());
        assertEquals("Other 6", response.get("explanation").get("title").asString());
        assertEquals(generation, response.get("explanation").get("generation").asString());
        assertEquals(generation, server.events().get(0).generation());
        assertEquals("Other 6", server.getJson("/track/6").get("title").asString());
        assertEquals(
                generation, server.getJson("/health/ready").get("generation").asString());
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("segue_catalog_generation{generation=\"" + generation + "\"} 1"), metrics);
        assertTrue(metrics.contains("segue_catalog_reloads_total{outcome=\"done\"} 1"), metrics);
    }

    @Test
    void invalidFilesAreReportedAndTheOldCatalogsStayInService() throws Exception {
        mayLoad.release(2);
        write("{\"track\":0,\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[]}\nbroken\n");
        var refused = server.post("/admin/reload", "");
        assertEquals(500, refused.statusCode());
        assertEquals(
                "application/problem+json",
                refused.headers().firstValue("Content-Type").orElse(""));
        assertTrue(TestServer.json(refused).get("detail").asString().contains("tracks.json:2: "), refused.body());
        assertEquals(before, server.getJson("/health/ready").get("generation").asString());
        assertEquals(200, server.post("/next_track", REQUEST).statusCode());
        assertTrue(server.get("/metrics").body().contains("segue_catalog_reloads_total{outcome=\"failed\"} 1"));

        write(OTHER);
        assertEquals(200, server.post("/admin/reload", "").statusCode(), "a second attempt succeeds");
    }

    @Test
    void theOldCatalogsServeDuringAReloadAndASecondReloadIsRefused() throws Exception {
        write(OTHER);
        CompletableFuture<?> reload = server.postAsync("/admin/reload", "");
        awaitLoading();
        for (int i = 0; i < 20; i++) {
            JsonNode response = server.postJson("/next_track", REQUEST);
            assertEquals(before, response.get("explanation").get("generation").asString());
        }
        assertEquals(409, server.post("/admin/reload", "").statusCode());
        assertFalse(reload.isDone());

        mayLoad.release();
        reload.get(60, TimeUnit.SECONDS);
        assertEquals(6, server.postJson("/next_track", REQUEST).get("track").asInt());
    }

    @Test
    void requestsUseOneGenerationThroughout() throws Exception {
        write(OTHER);
        var reload = server.postAsync("/admin/reload", "");
        awaitLoading();
        reloadDuringNextRequest.set(true);
        JsonNode response = server.postJson("/next_track", REQUEST);
        assertNotEquals(before, server.server().generation());
        JsonNode explanation = response.get("explanation");
        assertEquals(before, explanation.get("generation").asString());
        assertTrue(response.get("track").asInt() <= 3, response.toString());
        assertEquals(
                "Title " + response.get("track").asInt(),
                explanation.get("title").asString());
        assertEquals(200, reload.get(60, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void countsBeforeAndAfterAreReported() throws Exception {
        mayLoad.release();
        write(OTHER);
        JsonNode counts = server.postJson("/admin/reload", "").get("counts");
        assertEquals(
                "{\"tracks\":6,\"tracks_with_neighbours\":4,\"neighbours_unknown\":0,\"tracks_with_neighbours_nn\":4,"
                        + "\"neighbours_unknown_nn\":0,\"top_tracks\":2,\"listener_lists\":1}",
                counts.get("before").toString());
        assertEquals(
                "{\"tracks\":7,\"tracks_with_neighbours\":5,\"neighbours_unknown\":1,\"tracks_with_neighbours_nn\":4,"
                        + "\"neighbours_unknown_nn\":0,\"top_tracks\":2,\"listener_lists\":1}",
                counts.get("after").toString());
    }

    @Test
    void catalogThatLostItsTracksIsRefusedUnlessForced() throws Exception {
        mayLoad.release(2);
        write(Files.readAllLines(folder.resolve("tracks.json")).get(0) + "\n");
        var refused = server.post("/admin/reload", "");
        assertEquals(409, refused.statusCode());
        JsonNode problem = TestServer.json(refused);
        assertEquals(
                "the old catalogs continue to serve, because the new ones differ too much: TRACKS_CATALOG: 3 of 4"
                        + " tracks with neighbours have lost them (75.0%; reload.max_lost_percent is 20); TRACKS_CATALOG:"
                        + " 83.3% of the tracks have no neighbours, before 33.3% (50.0 points more;"
                        + " reload.max_without_neighbours_points is 20); correct the files, or POST"
                        + " /admin/reload?force=true if this is meant",
                problem.get("detail").asString());
        assertEquals(
                1,
                problem.get("counts").get("after").get("tracks_with_neighbours").asInt());
        assertEquals(before, server.server().generation());
        assertTrue(server.get("/metrics").body().contains("segue_catalog_reloads_total{outcome=\"refused\"} 1"));

        JsonNode forced = server.postJson("/admin/reload?force=true", "");
        assertNotEquals(before, server.server().generation());
        assertEquals(2, forced.get("warnings").size(), "the faults that it overrules: " + forced);
    }

    @Test
    void swappedCatalogsAreRefused() throws Exception {
        mayLoad.release(2);
        Path control = folder.resolve("tracks.json");
        Path treatment = folder.resolve("tracks_nn.json");
        String tracks = Files.readString(control);
        Files.copy(treatment, control, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(treatment, tracks);
        assertRefused("TRACKS_CATALOG has the neighbours that TRACKS_CATALOG_NN had: the files are swapped");
        Files.writeString(control, tracks); // now both arms have control's catalog
        assertRefused("TRACKS_CATALOG_NN has the neighbours that TRACKS_CATALOG had: the files are swapped");
    }

    @Test
    void idsOfAnotherWorldAreRefused() throws Exception {
        mayLoad.release(3);
        String tracks = Files.readString(folder.resolve("tracks.json"));
        write(tracks.replace("Title", "Another"));
        assertRefused("6 of 6 tracks have another artist or title: the files use other ids");
        write(tracks.replaceAll("(\\d)(?=[,\\]])", "100$1"));
        assertRefused("TRACKS_CATALOG: 4 of 4 tracks with neighbours have lost them");
        write(tracks.replaceAll("(?<=\\[)1,|0,(?=[12])", "77,88,99,"));
        assertRefused("TRACKS_CATALOG: ");
    }

    @Test
    void emptyListsAreRefused() throws Exception {
        mayLoad.release(2);
        Files.writeString(folder.resolve("top.json"), "[]");
        assertRefused("TOP_TRACKS_CATALOG: tracks, counted up to 1,000: 0, before 2");
        Files.writeString(folder.resolve("top.json"), "[4,5]");
        Files.writeString(folder.resolve("recommendations.json"), "");
        assertRefused("RECOMMENDATIONS_FILE_PATH: lists: 0, before 1");
    }

    @Test
    void invalidParametersAreRefused() throws Exception {
        assertEquals(400, server.post("/admin/reload?force=yes", "").statusCode());
        assertEquals(400, server.post("/admin/reload?forced=true", "").statusCode());
        mayLoad.release();
        assertEquals(200, server.post("/admin/reload?force=false", "").statusCode(), "the same files again");
    }

    private void assertRefused(String fault) throws Exception {
        var refused = server.post("/admin/reload", "");
        assertEquals(409, refused.statusCode(), refused.body());
        String detail = TestServer.json(refused).get("detail").asString();
        assertTrue(detail.contains(fault), detail);
        assertEquals(before, server.server().generation());
    }

    @Test
    void theFormerPathReloadsAndNamesItsSuccessor() throws Exception {
        mayLoad.release();
        write(OTHER);
        var reloaded = server.post("/reload", "");
        assertEquals(200, reloaded.statusCode(), reloaded.body());
        assertNotEquals(before, server.server().generation());
        var headers = reloaded.headers();
        assertEquals("true", headers.firstValue("Deprecation").orElse(""));
        assertEquals(
                "</admin/reload>; rel=\"successor-version\"",
                headers.firstValue("Link").orElse(""));
        assertEquals(400, server.post("/reload?force=yes", "").statusCode());
    }

    @Test
    void getDoesNotReload() throws Exception {
        assertEquals(405, server.get("/admin/reload").statusCode());
    }

    private void write(String tracks) throws IOException {
        Files.writeString(folder.resolve("tracks.json"), tracks);
    }

    private Catalog load(CatalogFiles files) {
        mayLoad.acquireUninterruptibly();
        return Catalog.load(files);
    }

    private void awaitLoading() {
        Waiting.until("a catalog is loaded", mayLoad::hasQueuedThreads);
    }

    private void onTimeRead() {
        if (reloadDuringNextRequest.compareAndSet(true, false)) {
            mayLoad.release();
            while (server.server().generation().equals(before)) {
                Thread.onSpinWait();
            }
        }
    }
}
