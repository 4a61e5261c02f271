package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Returns to the generation that served before. Listener 100 is in control, which serves neighbours of the track catalog. */
@Timeout(120)
class RollbackTest extends WithServer {

    private static final String REQUEST = "{\"user\":100,\"track\":0,\"time\":0.3,\"explain\":true}";

    @Test
    void rollbackReturnsToThePreviousGenerationAndASecondOneToTheNewer() throws Exception {
        server.start();
        String first = server.server().generation();
        serveTrack0sNeighbours("[1]");
        String second = server.postJson("/admin/reload", "").get("generation").asString();
        assertEquals(1, server.postJson("/next_track", REQUEST).get("track").asInt());

        JsonNode back = server.postJson("/admin/rollback", "");
        assertEquals(first, back.get("generation").asString());
        assertEquals(6, back.get("tracks").asInt());
        assertEquals(
                first,
                server.postJson("/next_track", REQUEST)
                        .get("explanation")
                        .get("generation")
                        .asString());
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("segue_catalog_generation{generation=\"" + first + "\"} 1"), metrics);
        assertTrue(metrics.contains("segue_catalog_reloads_total{outcome=\"rolled_back\"} 1"), metrics);

        assertEquals(
                second, server.postJson("/admin/rollback", "").get("generation").asString());
        assertEquals(1, server.postJson("/next_track", REQUEST).get("track").asInt());
    }

    @Test
    void withoutAReloadThereIsNothingToReturnTo() throws Exception {
        server.start();
        assertRefused("there is no previous generation: this process has not replaced one yet");
        assertEquals(200, server.post("/admin/reload", "").statusCode());
        assertRefused("there is no previous generation: this process has not replaced one yet"); // the same contents
    }

    @Test
    void thePreviousGenerationIsNotKeptIfTheSettingSaysSo() throws Exception {
        server.with("reload.keep_previous", "false").start();
        serveTrack0sNeighbours("[1]");
        assertEquals(200, server.post("/admin/reload", "").statusCode());
        assertRefused("there is no previous generation: reload.keep_previous is false");
        assertEquals(List.of(false, false), flags(server.getJson("/admin/generations"), "can_roll_back_to"));
    }

    @Test
    void aRefusedOrFailedReloadKeepsThePreviousGeneration() throws Exception {
        server.start();
        String first = server.server().generation();
        serveTrack0sNeighbours("[1]");
        assertEquals(200, server.post("/admin/reload", "").statusCode());
        Files.writeString(folder.resolve("top.json"), "[]");
        assertEquals(409, server.post("/admin/reload", "").statusCode());
        Files.writeString(folder.resolve("top.json"), "[");
        assertEquals(500, server.post("/admin/reload", "").statusCode());
        assertEquals(
                first, server.postJson("/admin/rollback", "").get("generation").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | the body is no JSON object",
                "[] | the body must be a JSON object, such as {\"generation\":\"1a2b3c4d\"}",
                "{\"generation\":12345678} | \"generation\" must be the fingerprint of a generation, 8 hexadecimal digits",
                "{\"generation\":\"../../..\"} | \"generation\" must be the fingerprint of a generation, 8 hexadecimal digits",
                "{\"force\":1} | \"force\" must be true or false",
                "{\"generatoin\":\"1a2b3c4d\"} | unknown field \"generatoin\"; a rollback has force and generation"
            })
    void aMalformedBodyIsRefused(String body, String detail) throws Exception {
        server.start();
        var refused = server.post("/admin/rollback", body);
        assertEquals(400, refused.statusCode());
        assertTrue(TestServer.json(refused).get("detail").asString().startsWith(detail), refused::body);
    }

    @Test
    void aGenerationThatIsNotKeptIsRefused() throws Exception {
        server.start();
        var refused = server.post("/admin/rollback", "{\"generation\":\"1a2b3c4d\"}");
        assertEquals(409, refused.statusCode());
        assertEquals(
                "generation 1a2b3c4d is not kept; GET /admin/generations lists those that are",
                TestServer.json(refused).get("detail").asString());
    }

    @Test
    void generationsAreListedWithTheirOrigin() throws Exception {
        server.start();
        String first = server.server().generation();
        long start = server.now.getAndAdd(1000);
        serveTrack0sNeighbours("[1]");
        String second = server.postJson("/admin/reload", "").get("generation").asString();
        server.now.addAndGet(1000);
        assertEquals(200, server.post("/admin/rollback", "").statusCode());

        JsonNode list = server.getJson("/admin/generations");
        assertEquals(List.of(first, second, first), texts(list, "generation"));
        assertEquals(List.of("rollback", "reload", "start"), texts(list, "cause"));
        assertEquals(List.of(true, false, false), flags(list, "serves"));
        assertEquals(List.of(false, true, false), flags(list, "can_roll_back_to"));
        JsonNode present = list.get("generations").get(0);
        assertEquals(start, present.get("loaded_at").asLong());
        assertEquals(start + 2000, present.get("in_service_since").asLong());
        assertEquals(6, present.get("counts").get("tracks").asInt());
    }

    @Test
    void requestsDuringReloadsAndRollbacksGetWholeGenerations() throws Exception {
        server.start();
        Map<String, Integer> trackOf = new HashMap<>(); // by generation: its only neighbour of track 0
        serveTrack0sNeighbours("[1]");
        trackOf.put(server.postJson("/admin/reload", "").get("generation").asString(), 1);
        var isDone = new AtomicBoolean();
        List<CompletableFuture<List<JsonNode>>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            clients.add(CompletableFuture.supplyAsync(() -> requestUntil(isDone)));
        }
        for (int change = 1; change <= 20; change++) {
            int track = 1 + change % 3;
            serveTrack0sNeighbours("[" + track + "]");
            String generation =
                    server.postJson("/admin/reload", "").get("generation").asString();
            assertEquals(track, trackOf.computeIfAbsent(generation, key -> track));
            HttpResponse<String> back = server.post("/admin/rollback", "");
            assertEquals(200, back.statusCode(), back.body());
        }
        isDone.set(true);
        for (var client : clients) {
            for (JsonNode response : client.join()) {
                String generation =
                        response.path("explanation").path("generation").asString("");
                assertEquals(trackOf.get(generation), response.path("track").asInt(-1), response.toString());
            }
        }
        assertEquals(3, trackOf.size());
    }

    /** Requests track 0's successor again and again; at least 50 times. */
    private List<JsonNode> requestUntil(AtomicBoolean isDone) {
        List<JsonNode> responses = new ArrayList<>();
        while (!isDone.get() || responses.size() < 50) {
            try {
                responses.add(server.postJson("/next_track", REQUEST.replace("}", ",\"dry_run\":true}")));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
        return responses;
    }

    private void assertRefused(String detail) throws Exception {
        String generation = server.server().generation();
        var refused = server.post("/admin/rollback", "");
        assertEquals(409, refused.statusCode());
        assertEquals(detail, TestServer.json(refused).get("detail").asString());
        assertEquals(generation, server.server().generation());
    }

    private void serveTrack0sNeighbours(String neighbours) throws IOException {
        Path file = folder.resolve("tracks.json");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(0, lines.get(0).replaceFirst("\\[.*]", neighbours));
        Files.write(file, lines);
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.get("generations").forEach(each -> texts.add(each.get(field).asString()));
        return texts;
    }

    private static List<Boolean> flags(JsonNode list, String field) {
        List<Boolean> flags = new ArrayList<>();
        list.get("generations").forEach(each -> flags.add(each.get(field).asBoolean()));
        return flags;
    }
}
