package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link FastPath}: which requests take it, and that the server's promises hold for them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FastPathTest {

    private static final String GET = "GET /next_track?user=7&track=1&time=0.5 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    private static final String POST = post("127.0.0.1", "");
    private static final String BOTIFY =
            "POST /next/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n"
                    + "{\"track\":1,\"time\":0.5}";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void make() throws IOException {
        server = TestServer.in(folder);
    }

    private static String post(String host, String fields) {
        return "POST /next_track HTTP/1.1\r\nHost: " + host + "\r\n" + fields
                + "Content-Type: application/json\r\nContent-Length: 31\r\n\r\n"
                + "{\"user\":7,\"track\":1,\"time\":0.5}";
    }

    private static RawConnection.Reply exchange(RawConnection connection, String request) throws IOException {
        connection.send(request);
        return connection.reply();
    }

    private long served() {
        return server.server().servedFast();
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, BOTIFY})
    void aRequestLikeAnAcceptedOneTakesIt(String request) throws Exception {
        try (TestServer running = server.start();
                var connection = new RawConnection(running.uri())) {
            RawConnection.Reply first = exchange(connection, request);
            assertEquals(0, served(), "Jetty reads the first request");
            RawConnection.Reply second = exchange(connection, request);
            assertEquals(1, served());
            assertEquals(first.head().replaceAll("Date: .*", ""), second.head().replaceAll("Date: .*", ""));
            assertEquals(2, running.log().eventsWritten());
        }
    }

    @ParameterizedTest
    @CsvSource({"access_log.file, access.log", "server.allow_origin, http://music.example"})
    void noRequestTakesItWhereItWouldDiffer(String setting, String value) throws Exception {
        String set = setting.endsWith("file") ? folder.resolve(value).toString() : value;
        try (TestServer running = server.with(setting, set).start();
                var connection = new RawConnection(running.uri())) {
            exchange(connection, POST);
            exchange(connection, POST);
            assertEquals(0, served());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "X-Unknown: 1"
            })
    void aRequestWithAnotherFieldDoesNotTakeIt(String field) throws Exception {
        try (TestServer running = server.start();
                var connection = new RawConnection(running.uri())) {
            exchange(connection, POST);
            String request = post("127.0.0.1", field + "\r\n");
            RawConnection.Reply first = exchange(connection, request);
            assertEquals(first.status(), exchange(connection, request).status());
            assertEquals(0, served());
        }
    }

    /** Nor does the acceptance of a request that follows the refused one count for it. */
    @Test
    void theFieldsOfARefusedRequestAreNotAccepted() throws Exception {
        try (TestServer running = server.start();
                var connection = new RawConnection(running.uri())) {
            String evil = post("evil.example", "");
            for (int i = 0; i < 100; i++) {
                connection.send(evil);
                connection.send(POST);
                assertEquals(421, connection.reply().status());
                assertEquals(200, connection.reply().status());
                assertEquals(421, exchange(connection, evil).status());
            }
        }
    }

    @Test
    void aRequestThatArrivesInPartsOrWithOthersHasTheSameResponse() throws Exception {
        try (TestServer running = server.start();
                var connection = new RawConnection(running.uri())) {
            String head = exchange(connection, POST).head().replaceAll("Date: .*", "");
            for (int split = 0; split <= POST.length(); split++) {
                connection.send(POST.substring(0, split));
                connection.send(POST.substring(split) + POST + POST.substring(0, split));
                connection.send(POST.substring(split));
                for (int response = 0; response < 3; response++) {
                    RawConnection.Reply reply = connection.reply();
                    assertEquals(head, reply.head().replaceAll("Date: .*", ""));
                    assertTrue(reply.body().startsWith("{\"user\":7,\"track\":"), reply.body());
                }
            }
            assertEquals(1 + 3 * (POST.length() + 1), running.log().eventsWritten());
        }
    }

    @Test
    void aResetAtAnyByteHarmsNoOtherConnection() throws Exception {
        try (TestServer running = server.start();
                var other = new RawConnection(running.uri())) {
            exchange(other, GET);
            for (int end = 0; end <= POST.length(); end++) {
                var reset = new RawConnection(running.uri());
                exchange(reset, POST);
                reset.send(POST.substring(0, end));
                reset.reset();
                assertTrue(exchange(other, GET).body().startsWith("{\"user\":7,\"track\":"));
            }
            assertTrue(served() > POST.length());
            Waiting.until("few connections are open", () -> connections() < 10);
        }
    }

    private int connections() throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("segue_connections "))
                .mapToInt(line -> (int) Double.parseDouble(line.split(" ", 2)[1]))
                .sum();
    }

    @Test
    void aResponseWaitsForTheLog() throws Exception {
        var disk = new StallingDisk();
        try (TestServer running = server.with(disk).start();
                var connection = new RawConnection(running.uri())) {
            exchange(connection, POST);
            disk.stall();
            connection.send(POST);
            running.awaitBacklog();
            assertEquals(200, running.get("/health/live").statusCode(), "a request meanwhile");
            assertEquals(1, running.log().eventsWritten());
            disk.work();
            assertEquals(200, connection.reply().status());
            assertEquals(2, running.log().eventsWritten());
            assertEquals(1, served());
        }
    }

    @Test
    void aWaitThatIsTooLongHasTheServletsRefusal() throws Exception {
        var disk = new StallingDisk();
        try (TestServer running =
                        server.with(disk).with("server.log_wait_ms", "200").start();
                var fast = new RawConnection(running.uri());
                var slow = new RawConnection(running.uri())) {
            exchange(fast, POST);
            disk.stall();
            fast.send(POST);
            slow.send(POST);
            RawConnection.Reply ofFast = fast.reply();
            RawConnection.Reply ofServlet = slow.reply();
            disk.work();
            assertEquals(503, ofFast.status());
            assertEquals(
                    ofServlet.text().replaceAll("Date: .*", ""), ofFast.text().replaceAll("Date: .*", ""));
            assertEquals(1, served());
        }
    }

    @Test
    void aRequestThatWaitsForTheLogIsNotIdle() throws Exception {
        var disk = new StallingDisk();
        try (TestServer running = server.with(disk)
                        .with("server.idle_timeout_seconds", "1")
                        .start();
                var connection = new RawConnection(running.uri());
                var idle = new RawConnection(running.uri())) {
            exchange(connection, POST);
            exchange(idle, POST);
            exchange(idle, POST);
            disk.stall();
            connection.send(POST);
            running.awaitBacklog();
            assertNull(idle.read(), "an idle connection is closed after a response of the fast path, too");
            disk.work();
            assertEquals(200, connection.reply().status());
        }
    }

    @Test
    void aClientThatDoesNotReadIsClosed() throws Exception {
        try (TestServer running =
                        server.with("server.idle_timeout_seconds", "1").start();
                var connection = new RawConnection(running.uri())) {
            String request =
                    "{\"user\":7,\"explain\":true,\"seeds\":{\"tracks\":[0" + ",\"no such track\"".repeat(200) + "]}}";
            String large = POST.substring(0, POST.indexOf("31")) + request.length() + "\r\n\r\n" + request;
            exchange(connection, large);
            int open = connections();
            for (long events = 1; events == running.log().eventsWritten(); events++) {
                connection.send(large);
                long before = events;
                Waiting.until(
                        "the request is served, or the connection is closed",
                        () -> running.log().eventsWritten() > before || connections() < open);
            }
            assertEquals(open - 1, connections());
            assertTrue(served() > 1);
        }
    }

    @Test
    void aStopFinishesTheRequestsInFlight() throws Exception {
        var disk = new StallingDisk();
        TestServer running =
                server.with(disk).with("server.stop_timeout_ms", "30000").start();
        try (var connection = new RawConnection(running.uri())) {
            exchange(connection, POST);
            disk.stall();
            connection.send(POST);
            running.awaitBacklog();
            URI uri = running.uri();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(running.server()::close);
            Waiting.until("the port is closed", () -> isClosed(uri));
            assertFalse(stop.isDone());
            disk.work();
            RawConnection.Reply reply = connection.reply();
            assertEquals(200, reply.status());
            assertTrue(reply.head().contains("Connection: close\r\n"), reply.head());
            assertNull(connection.read());
            stop.get();
            assertEquals(2, running.log().eventsWritten());
        }
    }

    private static boolean isClosed(URI server) {
        try {
            new RawConnection(server).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void responsesAreCountedByRoute() throws Exception {
        try (TestServer running = server.start();
                var connection = new RawConnection(running.uri())) {
            exchange(connection, POST);
            exchange(connection, POST);
            exchange(connection, BOTIFY);
            exchange(connection, BOTIFY);
            String metrics = running.get("/metrics").body();
            assertTrue(metrics.contains("segue_responses_total{route=\"/next_track\",status=\"200\"} 2.0"), metrics);
            assertTrue(metrics.contains("segue_responses_total{route=\"/next/{user}\",status=\"200\"} 2.0"), metrics);
            assertTrue(metrics.contains("segue_response_seconds_count{route=\"/next_track\"} 2"), metrics);
            assertTrue(served() >= 2);
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        try (TestServer running = server.with("server.max_body_bytes", "1024").start();
                var connection = new RawConnection(running.uri())) {
            exchange(connection, POST);
            String spaces = " ".repeat(2000);
            String large = POST.replace("Length: 31", "Length: 2031") + spaces;
            assertEquals(413, exchange(connection, large).status());
            assertEquals(0, served());
        }
    }
}
