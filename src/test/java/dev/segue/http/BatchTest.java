package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listener 100 draws from the neighbours of the previous track, then from the top tracks 4 and 5, then from all six tracks. */
@Timeout(120)
class BatchTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path folder;

    private final StallingDisk disk = new StallingDisk();

    @SuppressWarnings("NullAway.Init") // every test starts one
    private TestServer server;

    private void start() throws Exception {
        server = TestServer.in(folder).start();
    }

    @AfterEach
    void stop() {
        disk.work();
        server.close();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return server.send("POST", "/next_tracks", "application/x-ndjson", body);
    }

    private List<JsonNode> batch(String... lines) throws Exception {
        HttpResponse<String> response = post(String.join("\n", lines));
        assertEquals(200, response.statusCode(), response.body());
        return lines(response.body());
    }

    private static List<JsonNode> lines(String body) {
        return body.lines().map(MAPPER::readTree).toList();
    }

    private static String requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(user -> "{\"user\":" + user + ",\"track\":0,\"time\":1}\n")
                .collect(Collectors.joining());
    }

    private static String detail(JsonNode line) {
        return line.get("error").get("detail").asString();
    }

    @Test
    void eachLineHasItsResponseAndItsEvent() throws Exception {
        start();
        List<JsonNode> responses = batch(
                "{\"user\":100,\"track\":0,\"time\":1,\"count\":6,\"explain\":true}",
                "{\"user\":100,\"track\":1,\"time\":1,\"exclude\":{\"tracks\":[2,3]}}",
                "{\"user\":\"a\",\"session\":[{\"track\":4,\"time\":0.5}]}",
                "{\"user\":7,\"dry_run\":true}");
        assertEquals(4, responses.size());
        assertEquals(6, responses.get(0).get("tracks").size());
        assertEquals(1, responses.get(0).get("explanation").get("seq").asInt());
        assertEquals(0, responses.get(1).get("track").asInt());
        assertEquals("\"a\"", responses.get(2).get("user").toString());
        List<JsonNode> logged = server.logLines();
        assertEquals(3, logged.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(responses.get(i).get("track"), logged.get(i).get("recommendation"));
            assertTrue(logged.get(i).get("propensity").asDouble() > 0);
        }
        assertEquals(2, logged.get(1).get("seq").asInt(), "the second request of the listener's session");
    }

    @Test
    void aThousandLinesAreServed() throws Exception {
        start();
        HttpResponse<String> response = post(requests(1000));
        assertEquals(200, response.statusCode());
        assertEquals(
                "application/x-ndjson",
                response.headers().firstValue("Content-Type").orElse(""));
        List<JsonNode> lines = lines(response.body());
        for (int user = 0; user < 1000; user++) {
            assertEquals(user, lines.get(user).get("user").asInt());
        }
        assertEquals(1000, server.logLines().size());
        assertTrue(server.get("/metrics").body().contains("\nsegue_log_events_total 1000.0\n"));
        HttpResponse<String> tooMany = post(requests(1001));
        assertEquals(400, tooMany.statusCode());
        assertTrue(tooMany.body().contains("more than 1000 lines; send several requests"), tooMany.body());
        assertEquals(1000, server.logLines().size());
    }

    @Test
    void jsonlIsTakenAndReturned() throws Exception {
        start();
        var response =
                server.send("POST", "/next_tracks", "Application/JSONL; charset=utf-8", "\r\n{\"user\":1}\r\n \n");
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                "application/jsonl",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(1, response.body().lines().count(), "empty lines are skipped");
        for (String type : List.of("application/json", "application/jsonlines", "text/plain")) {
            var refused = server.send("POST", "/next_tracks", type, "{\"user\":1}");
            assertEquals(415, refused.statusCode(), type);
            assertTrue(refused.body().contains("application/x-ndjson"), refused.body());
        }
        assertEquals(405, server.get("/next_tracks").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | line 2: user is missing",
                "[1] | 400 | line 2: it must be a JSON object such as",
                "{\"user\":1,\"song\":2} | 400 | line 2: unknown field \"song\"; known: arm",
                "{\"user\":1,\"track\":10} | 400 | line 2: track is given without time",
                "{\"user\":1,\"session\":[{\"track\":-1,\"time\":1}]} | 400 | line 2: session[0].track must be",
                "{\"user\":1}{\"user\":2} | 400 | line 2: it goes on after the JSON object",
                "{\"user\":1,\"exclude\":{\"artists\":[\"Odd\",\"Even\"]}} | 422 | exclude leaves none of the catalog's 6 tracks",
                "{\"user\":1,\"seeds\":{\"tracks\":[99]}} | 422 | the catalog has no track and no artist of seeds"
            })
    void aRefusedLineHasAProblemInItsPlace(String line, int status, String detail) throws Exception {
        start();
        List<JsonNode> responses = batch("{\"user\":1}", line, "{\"user\":3}");
        assertTrue(detail(responses.get(1)).startsWith(detail), detail(responses.get(1)));
        assertEquals(status, responses.get(1).get("error").get("status").asInt());
        assertEquals("about:blank", responses.get(1).get("error").get("type").asString());
        assertTrue(responses.get(0).has("track") && responses.get(2).has("track"), responses.toString());
        assertEquals(2, server.logLines().size());
        assertTrue(server.get("/metrics").body().contains("segue_problems_total{status=\"" + status + "\"} 1.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"user\":1 | the body is no JSON lines at line 2, column",
                "{\"user\":1,\"song\":2 | the body is no JSON lines at line 2, column",
                "user=1 | the body is no JSON lines at line 2, column",
                "{\"user\":1,\"user\":2} | Duplicate"
            })
    void aLineThatIsNotJsonRefusesTheBatch(String line, String detail) throws Exception {
        start();
        HttpResponse<String> refused = post("{\"user\":1}\n" + line + "\n{\"user\":2}");
        assertEquals(400, refused.statusCode());
        String actual = TestServer.json(refused).get("detail").asString();
        assertTrue(actual.contains(detail), actual);
        assertEquals(List.of(), server.logLines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n"})
    void aBatchHasLines(String body) throws Exception {
        start();
        HttpResponse<String> refused = post(body);
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("the body has no lines; send a JSON object a line"), refused.body());
    }

    @Test
    void aRepeatedBatchIsLoggedOnce() throws Exception {
        start();
        String[] lines = {
            "{\"user\":1,\"track\":0,\"time\":1,\"request_id\":\"a\"}",
            "{\"user\":1,\"track\":1,\"time\":1,\"request_id\":\"b\"}",
            "{\"user\":1,\"track\":0,\"time\":1,\"request_id\":\"a\"}",
            "{\"user\":1,\"track\":2,\"time\":1,\"request_id\":\"a\"}"
        };
        List<JsonNode> first = batch(lines);
        assertEquals(first.get(0), first.get(2));
        assertEquals(409, first.get(3).get("error").get("status").asInt());
        assertEquals(first, batch(lines));
        assertEquals(2, server.logLines().size());
    }

    @Test
    void theResponseWaitsUntilAllEventsAreInTheLog() throws Exception {
        server = TestServer.in(folder).with(disk).start();
        disk.stall();
        var response = server.postAsync("/next_tracks", "application/jsonl", requests(50));
        server.awaitBacklog();
        Thread.sleep(200);
        assertFalse(response.isDone(), "no event is in the log");
        assertEquals(200, server.get("/health/live").statusCode());
        disk.work();
        assertEquals(200, response.get(60, TimeUnit.SECONDS).statusCode());
        assertEquals(50, server.events().size());
    }

    @Test
    void aBatchWaitsForALogThatCannotBeWritten() throws Exception {
        server = TestServer.in(folder).with(disk).start();
        server.stallLog();
        var response = server.postAsync("/next_tracks", "application/jsonl", requests(50));
        assertEquals(200, post("{\"user\":1,\"dry_run\":true}").statusCode(), "a dry run logs nothing");
        assertFalse(response.isDone());
        disk.work();
        assertEquals(200, response.get(60, TimeUnit.SECONDS).statusCode());
        assertEquals(50, server.events().size());
    }

    @Test
    void aBatchThatWaitsTooLongRecordsNothingOrSaysSo() throws Exception {
        server = TestServer.in(folder)
                .with(disk)
                .with("server.log_wait_ms", "300")
                .start();
        disk.stall();
        var inFlight = server.postAsync("/next_tracks", "application/jsonl", requests(2));
        server.awaitBacklog();
        server.stallLog();
        HttpResponse<String> refused = post(requests(2));
        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        assertTrue(refused.body().contains("recorded nothing"), refused.body());
        assertEquals(503, inFlight.get(60, TimeUnit.SECONDS).statusCode());
        assertTrue(
                inFlight.get().body().contains("may still be recorded"),
                inFlight.get().body());
        disk.work();
        server.awaitWritable();
        assertEquals(2, server.events().size());
    }

    @Test
    void linesAfterTheLogIsFullAreRefused() throws Exception {
        server = TestServer.in(folder).with(disk).start();
        disk.stall();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        while (server.log().isWritable()) {
            long backlog = server.log().backlogBytes();
            int first = 1000 * waiting.size();
            String large = IntStream.range(first, first + 1000)
                    .mapToObj(user -> String.format(
                            Locale.ROOT, "{\"user\":\"%0128d\",\"request_id\":\"%s\"}\n", user, "x".repeat(128)))
                    .collect(Collectors.joining());
            waiting.add(server.postAsync("/next_tracks", "application/jsonl", large));
            Waiting.until(
                    "events of the batch are appended",
                    () -> server.log().backlogBytes() > backlog + 100_000
                            || !server.log().isWritable());
        }
        disk.work();
        List<JsonNode> responses = new ArrayList<>();
        for (var response : waiting) {
            responses.addAll(lines(response.get(60, TimeUnit.SECONDS).body()));
        }
        List<JsonNode> refused =
                responses.stream().filter(line -> line.has("error")).toList();
        assertFalse(refused.isEmpty());
        assertEquals(503, refused.get(0).get("error").get("status").asInt());
        assertTrue(
                detail(refused.get(0)).contains("this attempt recorded nothing"),
                refused.get(0).toString());
        assertEquals(responses.size() - refused.size(), server.events().size());
    }

    @Test
    void bodiesAndLinesAreBounded() throws Exception {
        server = TestServer.in(folder).with("server.max_body_bytes", "256").start();
        List<JsonNode> lines = batch("{\"user\":1}", "{\"user\":\"" + "x".repeat(250) + "\"}");
        assertTrue(lines.get(0).has("track"));
        assertEquals(413, lines.get(1).get("error").get("status").asInt());
        assertEquals(
                "line 2: it is larger than 256 bytes; send less, or raise server.max_body_bytes", detail(lines.get(1)));
        String longest = requests(400) + "\n".repeat(64 * 256 - requests(400).length());
        assertEquals(200, post(longest).statusCode());
        HttpResponse<String> tooLong = post(longest + "\n");
        assertEquals(413, tooLong.statusCode());
        assertTrue(tooLong.body().contains("larger than 16384 bytes"), tooLong.body());
        assertEquals(413, server.post("/next_track", " ".repeat(257)).statusCode());
    }

    @Test
    void listsAreBoundedInTotal() throws Exception {
        start();
        String line = "{\"user\":1,\"count\":1000}";
        List<JsonNode> lines =
                batch((line + "\n").repeat(49).trim(), "{\"user\":1,\"count\":951,\"explain\":true}", line);
        assertEquals(51, lines.size());
        assertTrue(lines.get(48).has("tracks"));
        assertTrue(
                detail(lines.get(49)).contains("the lists of the batch have more than 50000 tracks"),
                lines.get(49).toString());
        assertTrue(lines.get(50).has("tracks"), "it still fits");
    }

    @Test
    void batchesBeyondTheMemoryAreRefusedAfterTheirBody() throws Exception {
        server = TestServer.in(folder)
                .with(disk)
                .with("server.max_body_bytes", "1048576")
                .start();
        disk.stall();
        String large = requests(10) + "\n".repeat(new BodySizes(1 << 20).batch() - 4096);
        var inFlight = server.postAsync("/next_tracks", "application/jsonl", large);
        server.awaitBacklog();
        HttpResponse<String> refused = post(large);
        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        assertTrue(refused.body().contains("the server is overloaded; this request was not recorded"), refused.body());
        assertTrue(server.get("/metrics").body().contains("segue_problems_total{status=\"503\"} 1.0"));
        disk.work();
        assertEquals(200, inFlight.get(60, TimeUnit.SECONDS).statusCode());
        Waiting.until("the memory is free again", () -> {
            try {
                return post(large).statusCode() == 200;
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }
}
