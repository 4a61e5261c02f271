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

    /** A stopping server closes connections that were quiet for a second. A busy machine may let all of them be so long. */
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
    void requestsThatComeWhileTheServerStopsGetAProblemAndThoseInFlightTheirAnswer() throws Exception {
        String answer = "";
        for (int attempt = 0; attempt < ATTEMPTS && answer.isEmpty(); attempt++) {
            answer = answerOfAStoppingServer();
        }
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertTrue(answer.contains("Retry-After: 1"), answer);
        assertTrue(answer.contains("the server is stopping; use another one"), answer);
    }

    /** The first answer that is no longer 200; empty if all connections were closed before one came. */
    private String answerOfAStoppingServer() throws Exception {
        server = TestServer.in(folder)
                .with(disk)
                .with("server.stop_timeout_ms", "600000")
                .start();
        for (int i = 0; i < CONNECTIONS; i++) { // a stopping server takes no new ones, and closes each at its answer
            var connection = new Socket(server.uri().getHost(), server.uri().getPort());
            connection.setSoTimeout(60_000);
            connections.add(connection);
            assertTrue(ask(connection).startsWith("HTTP/1.1 200 "));
        }
        disk.stall();
        var inFlight = server.postAsync("/next/1", "{\"track\":0,\"time\":0.3}");
        server.awaitBacklog();
        var stopped = CompletableFuture.runAsync(server.server()::close);
        String answer = "";
        while (answer.isEmpty() && !connections.isEmpty()) {
            try (Socket connection = connections.remove()) {
                answer = firstThatIsNot200(connection);
            }
        }
        assertFalse(inFlight.isDone());
        disk.work();
        assertEquals(200, inFlight.get(60, TimeUnit.SECONDS).statusCode());
        closeConnections(); // the stop waits for them
        stopped.get(60, TimeUnit.SECONDS);
        return answer;
    }

    private static String firstThatIsNot200(Socket connection) throws IOException {
        String answer = ask(connection);
        while (answer.startsWith("HTTP/1.1 200 ")) {
            answer = ask(connection);
        }
        return answer;
    }

    private void closeConnections() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** What comes back, or nothing if the connection was closed. */
    private static String ask(Socket connection) throws IOException {
        try {
            connection
                    .getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return RawConnection.text(connection);
        } catch (SocketException closed) {
            return "";
        }
    }
}
