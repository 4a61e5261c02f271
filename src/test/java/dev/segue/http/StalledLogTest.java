package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.play.Playback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with one selector and few threads, whose log is stalled or full. */
@Timeout(120)
class StalledLogTest {

    private static final String LISTEN = "{\"track\":0,\"time\":0.3}";

    @TempDir
    Path folder;

    private final StallingDisk disk = new StallingDisk();

    @SuppressWarnings("NullAway.Init") // every test starts one
    private TestServer server;

    private void start() throws Exception {
        start(60_000);
    }

    private void start(int waitMs) throws Exception {
        server = TestServer.in(folder)
                .with(disk)
                .with("server.log_wait_ms", Integer.toString(waitMs))
                .with("server.idle_timeout_seconds", "600")
                .start();
        postUntilAccepted("/next/1", "{\"track\":0,\"time\":0.3,\"request_id\":\"first\"}");
    }

    /**
     * Posts until the response is not 503. If requests wait for a short time only, a busy machine may refuse one although the log
     * is writable.
     *
     * @param body with a request_id, so that it is recorded once
     */
    private void postUntilAccepted(String path, String body) throws Exception {
        int status = server.post(path, body).statusCode();
        while (status == 503) {
            status = server.post(path, body).statusCode();
        }
        assertEquals(200, status);
    }

    @AfterEach
    void stop() {
        disk.work();
        server.close();
    }

    @Test
    void onlyLoggedRequestsWaitForTheLog() throws Exception {
        start();
        disk.stall();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int user = 0; user < 200; user++) { // more than there are threads
            if (user == 100) {
                server.awaitBacklog();
                server.stallLog(); // earlier requests wait for their event, later ones for the log
            }
            waiting.add(server.postAsync("/next/" + user, LISTEN));
        }
        assertEquals(200, server.get("/health/live").statusCode());
        assertEquals(200, server.get("/track/1").statusCode());
        assertEquals(200, server.get("/experiments").statusCode());
        assertEquals(200, server.get("/next_track?user=1&dry_run=true").statusCode(), "logs nothing");
        assertEquals(400, server.post("/next/1", "{}").statusCode(), "logs nothing");
        assertEquals(503, server.get("/health/ready").statusCode());
        assertTrue(server.get("/metrics").body().contains("segue_log_writable 0.0"));
        assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone), "no response before its event is written");

        disk.work();
        for (var response : waiting) {
            assertEquals(200, response.get(60, TimeUnit.SECONDS).statusCode());
        }
        assertEquals(201, server.events().size());
        server.awaitWritable();
        assertEquals(200, server.get("/health/ready").statusCode());
    }

    @Test
    void requestsThatWaitTooLongGet503WithRetryAfter() throws Exception {
        start(300);
        disk.stall();
        var inFlight = server.postAsync("/next/1", "{\"track\":1,\"time\":0.3,\"request_id\":\"r\"}");
        server.awaitBacklog();
        server.stallLog();
        var afterwards = server.postAsync("/last/2", LISTEN);
        for (var refused : List.of(inFlight, afterwards)) {
            var response = refused.get(60, TimeUnit.SECONDS);
            assertEquals(503, response.statusCode());
            assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
            assertEquals(
                    "application/problem+json",
                    response.headers().firstValue("Content-Type").orElse(""));
            assertEquals(503, TestServer.json(response).get("status").asInt());
        }
        disk.work();
        server.awaitWritable();
        postUntilAccepted("/next/1", "{\"track\":1,\"time\":0.3,\"request_id\":\"r\"}");
        assertEquals(2, server.events().size(), "the retry and the refused request added no events");
    }

    @Test
    void fullDisksAreReportedAndAcknowledgedEventsAreKept() throws Exception {
        start(200);
        disk.fill();
        assertEquals(503, server.post("/next/1", "{\"track\":1,\"time\":0.3}").statusCode());
        var ready = server.get("/health/ready");
        while (ready.statusCode() == 200) { // the writer may not have tried yet
            ready = server.get("/health/ready");
        }
        assertEquals(503, ready.statusCode());
        assertTrue(ready.body().contains("No space left"), ready.body());
        disk.work();
        server.awaitWritable();
        postUntilAccepted("/next/1", "{\"track\":2,\"time\":0.3,\"request_id\":\"last\"}");
        assertEquals(
                new Playback(2, 0.3),
                server.events().get(server.events().size() - 1).playback());
    }

    @Test
    void slowBodiesDoNotBlockOtherRequests() throws Exception {
        start();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) { // more than there are threads
                var socket = new Socket(server.uri().getHost(), server.uri().getPort());
                socket.getOutputStream()
                        .write(("POST /next/7 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 22\r\n\r\n{\"track\":0")
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(200, server.post("/next/8", LISTEN).statusCode());
            }
            slow.get(0).getOutputStream().write(",\"time\":0.3}".getBytes(StandardCharsets.US_ASCII));
            assertTrue(RawConnection.text(slow.get(0)).startsWith("HTTP/1.1 200 OK"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void incompleteBodiesGet408() throws Exception {
        assertTimesOut((socket, out) -> out.write("{\"track\":0".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Sends a byte every 50 ms, so that the connection is never idle. */
    @Test
    void tooSlowBodiesGet408() throws Exception {
        assertTimesOut((socket, out) -> {
            for (int sent = 0; sent < 999 && socket.getInputStream().available() == 0; sent++) {
                out.write(' ');
                Thread.sleep(50);
            }
        });
    }

    /** Sends a part of a body of 1,000 bytes. */
    private interface PartOfBody {
        void send(Socket socket, OutputStream out) throws IOException, InterruptedException;
    }

    private void assertTimesOut(PartOfBody part) throws Exception {
        server = TestServer.in(folder).with("server.idle_timeout_seconds", "1").start();
        String head = "POST /next/7 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ";
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((head + "1000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            part.send(socket, socket.getOutputStream());
            String text = RawConnection.text(socket);
            assertTrue(text.startsWith("HTTP/1.1 408 "), text);
            assertTrue(text.contains("application/problem+json"), text);
        }
        assertEquals(0, server.events().size());
    }

    /** Sends requests on one connection without waiting for responses. */
    @Test
    void pipelinedRequestsGetResponsesInOrder() throws Exception {
        start();
        int requests = 2_000;
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(60_000);
            var sender = new Thread(() -> {
                try {
                    for (int i = 0; i < requests; i++) {
                        socket.getOutputStream()
                                .write(String.format(
                                                Locale.ROOT,
                                                "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                        + "Content-Length: 51\r\n\r\n{\"user\":7,\"track\":0,\"time\":0.3,\"request_id\":\"%04d\"}",
                                                i)
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            var responses =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < requests; ) {
                i += responses.readLine().contains("HTTP/1.1 200 OK") ? 1 : 0;
            }
            sender.join();
        }
        var events = server.events();
        for (int i = 0; i < requests; i++) {
            assertEquals(
                    String.format(Locale.ROOT, "%04d", i), events.get(i + 1).requestId());
        }
    }

    @Test
    void slowReadersGetCompleteResponses() throws Exception {
        start();
        int requests = 400;
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(60_000);
            socket.connect(
                    new InetSocketAddress(server.uri().getHost(), server.uri().getPort()));
            for (int i = 0; i < requests; i++) { // 20 kB each: far more than socket buffers hold
                socket.getOutputStream()
                        .write("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(200, server.post("/next/8", LISTEN).statusCode(), "other clients are not blocked");
            var responses =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < requests; ) {
                i += responses.readLine().contains("HTTP/1.1 200 OK") ? 1 : 0;
            }
        }
    }
}
