package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The number of connections is limited: further ones get 503, and open ones are not affected. */
@Timeout(600)
class BoundedConnectionsTest {

    private static final int LIMIT = 16;
    private static final String REQUEST = "GET /next_track?user=1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    Path folder;

    private final List<Socket> connections = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private TestServer server;

    @AfterEach
    void stop() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
        server.close();
    }

    private void start(String... settings) throws IOException {
        server = TestServer.in(folder).with("server.max_connections", "" + LIMIT);
        for (int i = 0; i < settings.length; i += 2) {
            server.with(settings[i], settings[i + 1]);
        }
        server.start();
    }

    private Socket connect(int port) throws IOException {
        var connection = new Socket(InetAddress.getLoopbackAddress(), port);
        connection.setSoTimeout(60_000);
        connections.add(connection);
        return connection;
    }

    private Socket connect() throws IOException {
        return connect(server.uri().getPort());
    }

    private static String exchange(Socket connection, String request) throws IOException {
        connection.getOutputStream().write(request.getBytes(US_ASCII));
        return RawConnection.text(connection);
    }

    private void fill() throws IOException {
        for (int i = 0; i < LIMIT; i++) {
            String response = exchange(connect(), REQUEST);
            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        }
    }

    @Test
    void connectionsBeyondTheLimitGet503WithRetryAfterAndAreClosed() throws Exception {
        start();
        fill();
        Socket tooMany = connect();

        String response = exchange(tooMany, REQUEST);

        assertTrue(response.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), response);
        assertTrue(response.contains("\r\nRetry-After: 1\r\n"), response);
        assertTrue(response.contains("\r\nConnection: close\r\n"), response);
        assertTrue(response.contains("application/problem+json"), response);
        String body = response.substring(response.indexOf("\r\n\r\n") + 4);
        assertTrue(response.contains("Content-Length: " + body.length() + "\r\n"), response);
        assertTrue(body.contains("\"detail\":\"too many connections are open; "), body);
        assertEquals(-1, tooMany.getInputStream().read(), "end of stream");
        assertTrue(exchange(connections.get(0), REQUEST).startsWith("HTTP/1.1 200 "), "open connections are served");
    }

    @Test
    void refusedClientsWithLongRequestsGetTheirResponse() throws Exception {
        start();
        fill();
        for (int i = 0; i < 50; i++) {
            Socket tooMany = connect();
            String response = exchange(
                    tooMany,
                    "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                            + "x".repeat(100_000));
            assertTrue(response.startsWith("HTTP/1.1 503 "), response);
            tooMany.close();
        }
    }

    @Test
    void clientsThatDoNotCloseARefusedConnectionAreCutOff() throws Exception {
        start();
        fill();
        Socket refused = connect();
        assertTrue(exchange(refused, REQUEST).startsWith("HTTP/1.1 503 "));

        assertThrows(IOException.class, () -> {
            while (true) {
                refused.getOutputStream().write('x');
                Thread.sleep(20);
            }
        });
    }

    @Test
    void closedConnectionsMakeRoom() throws Exception {
        start();
        fill();
        connections.remove(0).close();

        String response = exchange(connect(), REQUEST);
        while (response.startsWith("HTTP/1.1 503 ")) { // until the server sees the close
            connections.remove(connections.size() - 1).close();
            response = exchange(connect(), REQUEST);
        }

        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    }

    @Test
    void refusalsPerSecondAreLimited() throws Exception {
        start();
        fill();
        long before = System.nanoTime();
        for (int i = 0; i < 2 * BoundedHttp.REFUSALS_A_SECOND; i++) {
            connect();
        }
        Socket last = connect();

        assertTrue(exchange(last, REQUEST).startsWith("HTTP/1.1 503 "));
        assertTrue(System.nanoTime() - before >= 990_000_000L, "at min one full second");
    }

    @Test
    void connectionsAreRefusedWhileTheLagIsLong() throws Exception {
        var hold = new AtomicBoolean();
        var held = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        server = TestServer.in(folder)
                .with("server.max_connections", "" + 4 * BoundedHttp.FEW_CONNECTIONS)
                .with("server.selectors", "2")
                .with("server.health_port", "0")
                .onTimeRead(() -> {
                    if (hold.getAndSet(
                            false)) { // one request blocks its selector's thread; the other selector continues
                        held.countDown();
                        awaitUninterrupted(released);
                    }
                })
                .start();
        for (int i = 0; i < BoundedHttp.FEW_CONNECTIONS; i++) {
            connect();
        }
        awaitMetric("segue_connections", BoundedHttp.FEW_CONNECTIONS);
        hold.set(true);
        connections
                .get(0)
                .getOutputStream()
                .write(REQUEST.replace("user=1", "user=1&dry_run=true")
                        .getBytes(US_ASCII)); // a dry run locks no history
        held.await();
        awaitMetric("segue_lag_seconds", 1e-3 * BoundedHttp.MAX_LAG_MILLIS + 0.001);

        List<Socket> ofBothSelectors = List.of(connect(), connect());
        for (Socket connection : ofBothSelectors) {
            connection.getOutputStream().write(REQUEST.getBytes(US_ASCII));
        }
        String response = RawConnection.text(firstWithAResponse(ofBothSelectors));

        assertTrue(response.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), response);
        assertTrue(response.contains("\r\nRetry-After: 1\r\n"), response);
        released.countDown();
        assertTrue(
                RawConnection.text(connections.get(0)).startsWith("HTTP/1.1 200 "),
                "requests in progress are completed");
        while (exchange(connect(), REQUEST).startsWith("HTTP/1.1 503 ")) {} // until the lag is measured again
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitMetric(String name, double min) throws Exception {
        Pattern sample = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE);
        double value = Double.NEGATIVE_INFINITY;
        while (value < min) {
            Matcher matcher = sample.matcher(onHealthPort("/metrics"));
            assertTrue(matcher.find(), name);
            value = Double.parseDouble(matcher.group(1));
        }
    }

    private static Socket firstWithAResponse(List<Socket> sockets) {
        List<Socket> responded = new ArrayList<>();
        Waiting.until("a response", () -> {
            for (Socket socket : sockets) {
                if (socket.getInputStream().available() > 0) {
                    responded.add(socket);
                }
            }
            return !responded.isEmpty();
        });
        return responded.get(0);
    }

    @Test
    void metricsCountConnectionsAndRefusals() throws Exception {
        start("server.health_port", "0");
        fill();
        for (int i = 0; i < 3; i++) {
            exchange(connect(), REQUEST);
        }

        String metrics = onHealthPort("/metrics");

        assertTrue(metrics.contains("segue_connections_refused_total 3.0\n"), metrics);
        assertTrue(metrics.contains("segue_connections "), metrics);
    }

    @Test
    void theHealthPortRespondsWhileTheMainPortIsFull() throws Exception {
        start("server.health_port", "0");
        fill();

        assertTrue(onHealthPort("/health/ready").contains("\"status\":\"ready\""));
        assertTrue(onHealthPort("/health/live").contains("\"status\":\"live\""));
    }

    @Test
    void theHealthPortServesOnlyHealthAndMetrics() throws Exception {
        start("server.health_port", "0");

        for (String path : List.of(
                "/next_track?user=1",
                "/reload",
                "/admin/reload",
                "/",
                "/health",
                "/health/ready/..",
                "//health/ready")) {
            String response = exchange(
                    connect(server.server().healthPort().getAsInt()),
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(response.startsWith("HTTP/1.1 404 ") || response.startsWith("HTTP/1.1 400 "), path + response);
        }
    }

    private String onHealthPort(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.server().healthPort().getAsInt() + path);
        return new String(uri.toURL().openStream().readAllBytes(), US_ASCII);
    }

    @Test
    void slowHeadsAreCutOffAtTheIdleTimeoutAfterTheirFirstByte() throws Exception {
        start("server.idle_timeout_seconds", "1");
        Socket slow = connect();
        long start = System.nanoTime();
        byte[] head = ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100_000)).getBytes(US_ASCII);

        assertThrows(IOException.class, () -> {
            for (byte next : head) {
                slow.getOutputStream().write(next);
                Thread.sleep(50);
            }
        });

        assertTrue(System.nanoTime() - start >= 900_000_000L, "not before the timeout");
    }

    @Test
    void emptyLinesBeforeARequestAreCutOffToo() throws Exception {
        start("server.idle_timeout_seconds", "1");
        Socket slow = connect();

        assertThrows(IOException.class, () -> {
            while (true) {
                slow.getOutputStream().write("\r\n".getBytes(US_ASCII));
                Thread.sleep(50);
            }
        });
    }

    @Test
    void slowHeadsWithinTheTimeoutAreServedAndTheConnectionStaysOpen() throws Exception {
        start("server.idle_timeout_seconds", "600");
        Socket slow = connect();
        for (int i = 0; i < 3; i++) {
            for (int next = 0; next < 4; next++) {
                slow.getOutputStream().write(REQUEST.charAt(next));
                Thread.sleep(100);
            }
            assertTrue(exchange(slow, REQUEST.substring(4)).startsWith("HTTP/1.1 200 "), "request " + i);
        }
        slow.setSoTimeout(500);
        assertThrows(SocketTimeoutException.class, () -> slow.getInputStream().read(), "it stays open");
    }
}
