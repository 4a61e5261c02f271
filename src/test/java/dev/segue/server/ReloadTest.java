package dev.segue.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Catalogs replaced while the server runs; listener 100 is in the control, which hears neighbours of the track catalog. */
@Timeout(120)
class ReloadTest {

    private static final String QUESTION = "{\"user\":100,\"track\":0,\"time\":0.3,\"explain\":true}";

    /** After it the only neighbour of track 0 is 6, which was not there before; 9 is nowhere. */
    private static final String OTHER = """
            {"track":0,"artist":"Other","title":"Other 0","recommendations":[6,9]}
            {"track":6,"artist":"Other","title":"Other 6","recommendations":[0]}
            """;

    @TempDir
    Path folder;

    private final Semaphore mayLoad = new Semaphore(0);
    private final AtomicBoolean reloadDuringNextAnswer = new AtomicBoolean();
    private String before = "";

    @SuppressWarnings("NullAway.Init") // started before each test
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        mayLoad.release(); // for the start
        server = TestServer.in(folder)
                .withCatalogs(this::load)
                .whenTimeIsAsked(this::timeAsked)
                .start();
        before = server.server().generation();
    }

    @AfterEach
    void stop() {
        mayLoad.release(100);
        server.close();
    }

    @Test
    void whatTheFilesHoldNowIsServed() throws Exception {
        assertEquals(404, server.get("/track/6").statusCode());
        mayLoad.release();
        write(OTHER);
        JsonNode reloaded = server.postJson("/reload", "");
        String generation = reloaded.get("generation").asString();
        assertNotEquals(before, generation);
        assertEquals(7, reloaded.get("tracks").asInt());
        assertTrue(reloaded.get("warnings").get(0).asString().contains("tracks.json"), reloaded.toString());

        JsonNode answer = server.postJson("/next_track", QUESTION);
        assertEquals(6, answer.get("track").asInt());
        assertEquals("Other 6", answer.get("explanation").get("title").asString());
        assertEquals(generation, answer.get("explanation").get("generation").asString());
        assertEquals(generation, server.events().get(0).generation());
        assertEquals("Other 6", server.getJson("/track/6").get("title").asString());
        assertEquals(
                generation, server.getJson("/health/ready").get("generation").asString());
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("segue_catalog_generation{generation=\"" + generation + "\"} 1"), metrics);
        assertTrue(metrics.contains("segue_catalog_reloads_total{outcome=\"done\"} 1"), metrics);
    }

    @Test
    void badFilesAreToldAndTheOldCatalogsGoOn() throws Exception {
        mayLoad.release(2);
        write("{\"track\":0,\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[]}\nbroken\n");
        var refused = server.post("/reload", "");
        assertEquals(500, refused.statusCode());
        assertEquals(
                "application/problem+json",
                refused.headers().firstValue("Content-Type").orElse(""));
        assertTrue(TestServer.json(refused).get("detail").asString().contains("tracks.json:2: "), refused.body());
        assertEquals(before, server.getJson("/health/ready").get("generation").asString());
        assertEquals(200, server.post("/next_track", QUESTION).statusCode());
        assertTrue(server.get("/metrics").body().contains("segue_catalog_reloads_total{outcome=\"failed\"} 1"));

        write(OTHER);
        assertEquals(200, server.post("/reload", "").statusCode(), "another attempt may succeed");
    }

    @Test
    void serverAnswersFromTheOldCatalogsDuringAReloadAndRefusesAnother() throws Exception {
        write(OTHER);
        CompletableFuture<?> reload = server.postAsync("/reload", "");
        awaitLoading();
        for (int i = 0; i < 20; i++) {
            JsonNode answer = server.postJson("/next_track", QUESTION);
            assertEquals(before, answer.get("explanation").get("generation").asString());
        }
        assertEquals(409, server.post("/reload", "").statusCode());
        assertFalse(reload.isDone());

        mayLoad.release();
        reload.get(60, TimeUnit.SECONDS);
        assertEquals(6, server.postJson("/next_track", QUESTION).get("track").asInt());
    }

    @Test
    void requestSeesOneGenerationFromStartToEnd() throws Exception {
        write(OTHER);
        var reload = server.postAsync("/reload", "");
        awaitLoading();
        reloadDuringNextAnswer.set(true);
        JsonNode answer = server.postJson("/next_track", QUESTION);
        assertNotEquals(before, server.server().generation());
        JsonNode explanation = answer.get("explanation");
        assertEquals(before, explanation.get("generation").asString());
        assertTrue(answer.get("track").asInt() <= 3, answer.toString());
        assertEquals(
                "Title " + answer.get("track").asInt(), explanation.get("title").asString());
        assertEquals(200, reload.get(60, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void lookingReloadsNothing() throws Exception {
        assertEquals(405, server.get("/reload").statusCode());
    }

    private void write(String tracks) throws IOException {
        Files.writeString(folder.resolve("tracks.json"), tracks);
    }

    private Catalog load(CatalogFiles files) {
        mayLoad.acquireUninterruptibly();
        return Catalog.load(files);
    }

    private void awaitLoading() throws InterruptedException {
        while (!mayLoad.hasQueuedThreads()) {
            Thread.sleep(5);
        }
    }

    private void timeAsked() {
        if (reloadDuringNextAnswer.compareAndSet(true, false)) {
            mayLoad.release();
            while (server.server().generation().equals(before)) {
                Thread.onSpinWait();
            }
        }
    }
}
