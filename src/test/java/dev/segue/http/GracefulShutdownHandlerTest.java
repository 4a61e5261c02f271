package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class GracefulShutdownHandlerTest {

    private static final int CONNECTIONS = 50;

    /** A stopping server closes connections after a second of idleness, which on a busy machine may be all of them. */
    private static final int ATTEMPTS = 20;

    @TempDir
    Path folder;

    private final StallingDisk disk = new StallingDisk();
    private final Deque<Socket> connections = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // the test starts it
    private TestServer server;

    @AfterEach
    void stop() throws IOException {
        disk.work();
        closeConnections();
        server.close();
    }

    @Test
    void requestsDuringShutdownGet503AndRequestsInFlightComplete() throws Exception {
        String response = "";
        for (int attempt = 0; attempt < ATTEMPTS && response.isEmpty(); attempt++) {
            response = responseDuringShutdown();
        }
        assertTrue(response.startsWith("HTTP/1.1 503 "), response);
        assertTrue(response.contains("application/problem+json"), response);
        assertTrue(response.contains("Retry-After: 1"), response);
        assertTrue(response.contains("the server is stopping; use another one"), response);
    }

    /** Returns the first response other than 200, or an empty string if all connections were closed before. */
    private String responseDuringShutdown() throws Exception {
        server = TestServer.in(folder)
                .with(disk)
                .with("server.stop_timeout_ms", "600000")
                .start();
        for (int i = 0; i < CONNECTIONS; i++) { // a stopping server accepts none and closes each after its response
            var connection = new Socket(server.uri().getHost(), server.uri().getPort());
            connection.setSoTimeout(60_000);
            connections.add(connection);
            assertTrue(exchange(connection).startsWith("HTTP/1.1 200 "));
        }
        disk.stall();
        var inFlight = server.postAsync("/next/1", "{\"track\":0,\"time\":0.3}");
        server.awaitBacklog();
        var stopped = CompletableFuture.runAsync(server.server()::close);
        String response = "";
        while (response.isEmpty() && !connections.isEmpty()) {
            try (Socket connection = connections.remove()) {
                response = firstOtherThan200(connection);
            }
        }
        assertFalse(inFlight.isDone());
        disk.work();
        assertEquals(200, inFlight.get(60, TimeUnit.SECONDS).statusCode());
        closeConnections(); // the stop waits for open connections
        stopped.get(60, TimeUnit.SECONDS);
        return response;
    }

    private static String firstOtherThan200(Socket connection) throws IOException {
        String response = exchange(connection);
        while (response.startsWith("HTTP/1.1 200 ")) {
            response = exchange(connection);
        }
        return response;
    }

    private void closeConnections() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** Returns the response, or an empty string if the connection was closed. */
    private static String exchange(Socket connection) throws IOException {
        try {
            connection
                    .getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return RawConnection.text(connection);
        } catch (SocketException closed) {
            return "";
        }
    }
}
