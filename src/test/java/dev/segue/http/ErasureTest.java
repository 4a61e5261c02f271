package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ErasureTest extends WithStartedServer {

    private JsonNode erase(String user) throws Exception {
        var response = server.send("DELETE", "/admin/listeners/" + user, "text/plain", "");
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response);
    }

    private void play(int user, int plays) throws Exception {
        for (int i = 0; i < plays; i++) {
            server.getJson("/next_track?user=" + user + "&track=" + i + "&time=1");
        }
    }

    private List<String> linesThatName(String user) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().contains(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("recommendations"))
                    .flatMap(file -> lines(file).filter(line -> line.contains("\"user\":" + user + ",")))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aListenerIsErasedFromMemoryFeedbackAndLog() throws Exception {
        play(31, 4);
        play(32, 2);
        server.post("/feedback", "{\"user\":31,\"track\":3,\"feedback\":\"ban\"}");
        server.post("/feedback", "{\"user\":32,\"track\":3,\"feedback\":\"ban\"}");
        assertEquals(5, linesThatName("31").size());
        JsonNode receipt = erase("31");
        assertEquals(List.of(), linesThatName("31"));
        assertEquals(3, linesThatName("32").size());
        assertEquals(31, receipt.get("user").asInt());
        assertEquals(1, receipt.get("feedback").asInt());
        assertTrue(receipt.get("history").asBoolean());
        assertEquals(4, receipt.get("log").get("events_erased").asInt());
        assertEquals(1, receipt.get("log").get("files_rewritten").asInt());
        assertEquals(
                "{\"user\":31,\"tracks\":[],\"artists\":[]}",
                server.get("/feedback?user=31").body());
    }

    @Test
    void anErasedListenerStaysErasedAfterARestart() throws Exception {
        play(31, 4);
        erase("31");
        server.close();
        server = TestServer.in(folder).start();
        assertEquals(
                1,
                server.getJson("/next_track?user=31&track=0&time=1&explain=true")
                        .get("explanation")
                        .get("seq")
                        .asInt());
    }

    @Test
    void anErasedListenerBeginsANewSession() throws Exception {
        play(31, 4);
        erase("31");
        JsonNode explanation = server.getJson("/next_track?user=31&track=0&time=1&explain=true")
                .get("explanation");
        assertEquals(1, explanation.get("seq").asInt());
        assertEquals(2, explanation.get("session").asInt(), "session numbers are not used again");
    }

    @Test
    void aRepetitionErasesNothing() throws Exception {
        play(31, 1);
        erase("31");
        JsonNode again = erase("31");
        assertEquals(0, again.get("log").get("events_erased").asInt());
        assertEquals(0, again.get("feedback").asInt());
        assertFalse(again.get("history").asBoolean());
    }

    @Test
    void theLivePageDoesNotCountAnErasedListener() throws Exception {
        for (int user = 40; user < 52; user++) {
            play(user, 2);
            server.post("/last/" + user, "{\"track\":1,\"time\":0.5}");
        }
        long before = listeners();
        assertEquals(12, before);
        erase("40");
        assertEquals(11, listeners());
    }

    private long listeners() throws Exception {
        long sum = 0;
        var report = server.get("/experiments/SERVING/report");
        assertEquals(200, report.statusCode(), report.body());
        for (JsonNode arm : TestServer.json(report).get("arms")) {
            sum += arm.get("exposed").asLong();
        }
        return sum;
    }

    @Test
    void anInvalidIdIsRefused() throws Exception {
        assertEquals(
                400,
                server.send("DELETE", "/admin/listeners/-1", "text/plain", "").statusCode());
        assertEquals(405, server.get("/admin/listeners/1").statusCode());
    }
}
