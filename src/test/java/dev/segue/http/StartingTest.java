package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start whose reading of the log is held: the process is live and not ready. */
class StartingTest {

    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // each test starts it
    private TestServer server;

    @SuppressWarnings("NullAway.Init") // each test starts it
    private Ports ports;

    @SuppressWarnings("NullAway.Init") // each test starts it
    private CompletableFuture<TestServer> started;

    private void start(TestServer configured) throws InterruptedException {
        server = configured.beforeLog(() -> {
            reading.countDown();
            Waiting.until("the log may be read", () -> held.getCount() == 0);
        });
        ports = server.ports();
        started = CompletableFuture.supplyAsync(server::start);
        Waiting.until("the log is read", () -> reading.getCount() == 0 || started.isDone());
        assertFalse(started.isDone());
    }

    @AfterEach
    void close() {
        held.countDown();
        started.exceptionally(failed -> server).join(); // a start in progress writes into the folder
        server.close();
    }

    @Test
    void theOnlyPortIsLiveAndNotReadyWhileTheLogIsRead() throws Exception {
        start(TestServer.in(folder));
        URI uri = ports.uri();
        try (var client = new RawConnection(uri)) {
            client.send(get("/health/live"));
            RawConnection.Reply live = client.reply();
            assertEquals(200, live.status());
            assertEquals("{\"status\":\"live\"}", live.body());
            client.send(get("/health/ready"));
            RawConnection.Reply ready = client.reply();
            assertEquals(503, ready.status());
            assertTrue(ready.body().contains("the server is starting"), ready.body());
            client.send(
                    "POST /next/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 22\r\n\r\n{\"track\":1,\"time\":0.5}");
            RawConnection.Reply next = client.reply();
            assertEquals(503, next.status());
            assertTrue(next.head().contains("\r\nRetry-After: 1\r\n"), next.head());

            held.countDown();
            started.join();
            client.send(get("/health/ready"));
            assertEquals(200, client.reply().status(), "on the same connection");
            client.send(get("/next_track?user=1"));
            assertEquals(200, client.reply().status());
        }
        assertEquals(1, server.events().size());
    }

    @Test
    void aMalformedRequestGetsItsProblemWhileTheLogIsRead() throws Exception {
        start(TestServer.in(folder));
        try (var client = new RawConnection(ports.uri())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n");
            RawConnection.Reply reply = client.reply();
            assertEquals(400, reply.status());
            assertTrue(reply.body().contains("the request is malformed"), reply.body());
        }
    }

    @Test
    void besideAHealthPortTheOtherPortsAreClosedUntilTheServerIsReady() throws Exception {
        start(TestServer.in(folder).with("server.health_port", "0").with("admin.port", "0"));
        URI health = URI.create("http://127.0.0.1:" + ports.healthPort().getAsInt());
        try (var client = new RawConnection(health)) {
            client.send(get("/health/live"));
            assertEquals(200, client.reply().status());
            client.send(get("/health/ready"));
            assertEquals(503, client.reply().status());
            client.send(get("/next_track?user=1"));
            assertEquals(404, client.reply().status());
            assertEquals(
                    List.of(false, true, false),
                    ports.all().stream().map(SelectorConnector::isOpen).toList(),
                    "main, health, administration");

            held.countDown();
            started.join();
            client.send(get("/health/ready"));
            assertEquals(200, client.reply().status());
        }
        int main = ports.uri().getPort();
        int admin = ports.adminUri().getPort();
        assertTrue(isOpen(admin), "port for administration");
        assertEquals(200, server.get("/next_track?user=1").statusCode());
        server.close();
        assertFalse(isOpen(main), "main port after the stop");
        assertFalse(isOpen(admin), "port for administration after the stop");
    }

    @Test
    void aStartThatFailsClosesTheOpenPort() throws Exception {
        Path tracks = folder.resolve("tracks.json");
        TestServer configured = TestServer.in(folder);
        Files.writeString(tracks, "{\n");
        start(configured);
        int port = ports.uri().getPort();
        assertTrue(isOpen(port));
        held.countDown();
        var failed = assertThrows(CompletionException.class, started::join);
        assertTrue(String.valueOf(failed.getCause()).contains("tracks.json:1: bad JSON"), failed.toString());
        assertFalse(isOpen(port));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
