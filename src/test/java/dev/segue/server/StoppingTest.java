package dev.segue.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLog;
import java.io.IOException;
import java.net.Socket;
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

@Timeout(60)
class StoppingTest {

    private static final int CONNECTIONS = 50;

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
    void requestsThatComeWhileTheServerStopsGetAProblemAndThoseInFlightTheirAnswer() throws Exception {
        server = TestServer.in(folder)
                .with("server.log_wait_ms", "30000")
                .with("server.stop_timeout_ms", "30000")
                .with("log.stalled_after_ms", "20")
                .withLog(options -> EventLog.open(options, disk))
                .start();
        for (int i = 0; i < CONNECTIONS; i++) { // a stopping server takes no new ones, and closes each at its answer
            var connection = new Socket(server.uri().getHost(), server.uri().getPort());
            connection.setSoTimeout(30_000);
            connections.add(connection);
            assertTrue(ask(connection).startsWith("HTTP/1.1 200 "));
        }
        disk.stall();
        var inFlight = server.postAsync("/next/1", "{\"track\":0,\"time\":0.3}");
        server.awaitUnwritable();
        var stopped = CompletableFuture.runAsync(server.server()::close);
        String answer = "";
        while (!answer.startsWith("HTTP/1.1 503 ") && !connections.isEmpty()) {
            try (Socket connection = connections.remove()) {
                answer = ask(connection);
            }
        }
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertTrue(answer.contains("Retry-After: 1"), answer);
        assertTrue(answer.contains("the server is stopping; ask another"), answer);

        disk.work();
        assertEquals(200, inFlight.get(30, TimeUnit.SECONDS).statusCode());
        closeConnections(); // the stop waits for them
        stopped.get(30, TimeUnit.SECONDS);
    }

    private void closeConnections() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** What comes back in one piece, or nothing if the connection was closed. */
    private static String ask(Socket connection) throws IOException {
        connection
                .getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[2000];
        int length = connection.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }
}
