package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.Waiting;
import dev.segue.config.ConfigurationException;
import dev.segue.file.FileException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("access/100% (a).log");
    }

    private TestServer logging() throws Exception {
        return TestServer.in(folder).with("access_log.file", file().toString());
    }

    private List<String> lines(int expected) throws Exception {
        Waiting.until("requests are logged", () -> Files.readAllLines(file()).size() >= expected);
        return Files.readAllLines(file());
    }

    private static JsonNode json(String line) {
        return new JsonMapper().readTree(line);
    }

    private static void send(TestServer server, String path, String traceParent) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path))
                .header("traceparent", traceParent)
                .build();
        assertEquals(
                200,
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode());
    }

    @Test
    void withoutTheSettingNoRequestIsLogged() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            assertEquals(200, server.get("/next_track?user=1").statusCode());
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void aLineHasAllFieldsOfARequest() throws Exception {
        long before = System.currentTimeMillis();
        try (TestServer server = logging().start()) {
            String body = server.post("/next/1", "{\"track\": 0, \"time\": 1}").body();
            JsonNode line = json(lines(1).get(0));
            assertTrue(Instant.parse(line.get("time").asString()).toEpochMilli() >= before);
            assertEquals("127.0.0.1", line.get("remote").asString());
            assertEquals("POST", line.get("method").asString());
            assertEquals("/next/{user}", line.get("route").asString());
            assertEquals(200, line.get("status").asInt());
            assertEquals(body.length(), line.get("bytes").asInt());
            assertTrue(line.get("duration_ms").asDouble() > 0);
            assertFalse(line.has("trace_id"));
        }
    }

    @Test
    void listenersAreNotNamed() throws Exception {
        try (TestServer server = logging().start()) {
            server.post("/next/4711", "{\"track\": 0, \"time\": 1}");
            server.get("/next_track?user=4711");
            server.get("/nowhere/4711");
            List<String> lines = lines(3);
            assertFalse(String.join("", lines).contains("4711"), lines.toString());
            assertEquals("/next/{user}", json(lines.get(0)).get("path").asString());
            assertEquals("/next_track", json(lines.get(1)).get("path").asString());
            assertEquals("other", json(lines.get(2)).get("path").asString());
            assertEquals(404, json(lines.get(2)).get("status").asInt());
        }
    }

    @Test
    void fullPathsAreLoggedOnDemand() throws Exception {
        try (TestServer server = logging().with("access_log.full_paths", "true").start()) {
            server.get("/next_track?user=4711");
            JsonNode line = json(lines(1).get(0));
            assertEquals("/next_track?user=4711", line.get("path").asString());
            assertEquals("/next_track", line.get("route").asString());
        }
    }

    @Test
    void requestsThatAreRefusedBeforeAnEndpointAreLogged() throws Exception {
        try (TestServer server = logging().start();
                var connection = new RawConnection(server.uri())) {
            connection.send("GET / HTTP/1.1\r\nHost: elsewhere.example.org\r\n\r\n");
            assertNotNull(connection.read());
            JsonNode line = json(lines(1).get(0));
            assertEquals("other", line.get("route").asString());
            assertTrue(line.get("status").asInt() >= 400, line.toString());
        }
    }

    @Test
    void aValidTraceIsLogged() throws Exception {
        try (TestServer server = logging().start()) {
            send(server, "/health/live", "00-" + TRACE + "-00f067aa0ba902b7-01");
            send(server, "/health/live", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");
            List<String> lines = lines(2);
            assertEquals(TRACE, json(lines.get(0)).get("trace_id").asString());
            assertFalse(json(lines.get(1)).has("trace_id"));
        }
    }

    @Test
    void theCommonLogFormatIsWrittenOnDemand() throws Exception {
        try (TestServer server = logging().with("access_log.format", "ncsa").start()) {
            int bytes = server.get("/health/live").body().length();
            String line = lines(1).get(0);
            assertTrue(
                    line.matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000\\]"
                            + " \"GET /health/live HTTP/1\\.1\" 200 " + bytes),
                    line);
        }
    }

    @Test
    void anUnknownFormatIsRefused() throws Exception {
        TestServer server = logging().with("access_log.format", "xml");
        String message =
                assertThrows(ConfigurationException.class, server::start).getMessage();
        assertEquals("access_log.format: \"xml\" is no format; write json or ncsa", message);
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheStart() throws Exception {
        Files.createDirectories(file());
        String message = String.valueOf(
                assertThrows(FileException.class, logging()::start).getMessage());
        assertTrue(message.startsWith(file() + " cannot be written: "), message);
    }

    @Test
    void othersCannotReadTheFile() throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        try (TestServer server = logging().with("access_log.max_bytes", "1000").start()) {
            Path renamed = Path.of(file() + ".1");
            Waiting.until("the file is renamed", () -> {
                server.get("/health/live");
                return Files.exists(renamed) && Files.exists(file());
            });
            for (Path each : List.of(file(), renamed)) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                assertEquals("rw-r-----", mode);
            }
        }
    }

    @Test
    void renamedFilesAreDeletedByAge() throws Exception {
        Path renamed = Path.of(file() + ".1");
        Files.createDirectories(renamed.getParent());
        Files.writeString(renamed, "old\n");
        Files.setLastModifiedTime(renamed, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        try (TestServer server = logging().with("access_log.keep_days", "30").start()) {
            server.get("/health/live");
            Waiting.until("the old file is deleted", () -> Files.notExists(renamed));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLineHasItsTime(boolean isJson) {
        var line = new AccessLine(1_700_000_000_000L, "::1", "GET", "/", "HTTP/1.1", "/", 200, 1, 1, null);
        assertEquals(OptionalLong.of(1_700_000_000_000L), AccessLine.millisOf(isJson ? line.toJson() : line.toNcsa()));
        assertEquals(OptionalLong.empty(), AccessLine.millisOf("{\"time\":\"x\"}"));
        assertEquals(OptionalLong.empty(), AccessLine.millisOf("- - - [x] \"GET\""));
        assertEquals(OptionalLong.empty(), AccessLine.millisOf(""));
    }

    @Test
    void aStalledDiskStopsNoRequestAndMissingLinesAreCounted() throws Exception {
        Path pipe = folder.resolve("pipe"); // a pipe that nobody reads is a disk that stalls
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CompletableFuture<InputStream> opened = CompletableFuture.supplyAsync(() -> open(pipe));
        try (TestServer server = TestServer.in(folder)
                .with("access_log.file", pipe.toString())
                .with("access_log.full_paths", "true")
                .start()) {
            String path = "/health/live?" + "x".repeat(4000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            try (var connection = new RawConnection(server.uri())) {
                for (int i = 0; i < 10_000; i++) {
                    connection.send(request);
                    assertEquals(200, Objects.requireNonNull(connection.read()).status());
                }
            }
            String metrics = server.get("/metrics").body();
            assertTrue(metrics.matches("(?s).*\nsegue_access_log_dropped_total [1-9].*"), "dropped lines are counted");
            opened.get(1, TimeUnit.MINUTES).close();
        }
    }

    private static InputStream open(Path pipe) {
        try {
            return new FileInputStream(pipe.toFile());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
