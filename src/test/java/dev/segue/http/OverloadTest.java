package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under more requests than the server can handle, the number of those in progress is bounded, the others get 503 with Retry-After,
 * health is served, and nothing that was admitted is lost. {@code scripts/bench-overload} measures the times.
 */
@Timeout(600)
class OverloadTest {

    private static final int LIMIT = 8;
    private static final int CLIENTS = 40;

    private final List<RawConnection> connections = new ArrayList<>();
    private final HeldTasks held = new HeldTasks();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @BeforeEach
    void configure() throws IOException {
        server = SlowRecommenderTest.serverIn(folder)
                .withRecommenders(held)
                .with("server.max_requests", "" + LIMIT)
                .with("server.health_port", "0");
    }

    @AfterEach
    void stop() throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
        server.close();
    }

    private RawConnection connect() throws IOException {
        var connection = new RawConnection(
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort()));
        connections.add(connection);
        return connection;
    }

    private static void send(RawConnection connection, int user) throws IOException {
        String body = "{\"user\":" + user + ",\"track\":0,\"time\":1}";
        connection.send(
                "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private String onHealthPort(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.server().healthPort().getAsInt() + path);
        try (var content = uri.toURL().openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(RawConnection.Reply reply) {
        assertEquals(503, reply.status());
        assertTrue(reply.head().contains("\r\nRetry-After: 1\r\n"), reply::text);
        assertTrue(reply.body().contains("was not recorded"), reply::body);
    }

    /** Sends a request of each client, of which the first ones wait for a recommender, and reads the refusals of the others. */
    private void saturate() throws Exception {
        for (int user = 0; user < CLIENTS; user++) {
            send(connect(), user);
            int waiting = Math.min(user + 1, LIMIT);
            Waiting.until("it waits or is refused", () -> held.size() >= waiting);
        }
        for (RawConnection refused : connections.subList(LIMIT, CLIENTS)) {
            assertRefused(refused.reply());
        }
        assertEquals(LIMIT, held.size());
    }

    private Set<Integer> recorded() {
        return server.events().stream()
                .map(event -> Integer.parseInt(event.listener().text()))
                .collect(Collectors.toSet());
    }

    @Test
    void whatWaitsForRecommendersIsBoundedAndNothingAdmittedIsLost() throws Exception {
        server.start();
        saturate();
        assertTrue(onHealthPort("/metrics").contains("segue_recommender_queue " + LIMIT + ".0\n"));
        while (held.size() > 0) {
            held.take().run();
        }
        for (int user = 0; user < LIMIT; user++) {
            RawConnection.Reply reply = connections.get(user).reply();
            assertEquals(200, reply.status());
            assertTrue(reply.body().contains("\"user\":" + user + ","), reply::body);
        }
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7), recorded());
    }

    @Test
    void healthIsServedWhileAllIsSaturated() throws Exception {
        server.start();
        saturate();
        assertTrue(onHealthPort("/health/live").contains("\"live\""));
        assertTrue(onHealthPort("/health/ready").contains("\"ready\""));
    }

    @Test
    void refusedClientsAreServedLaterOnTheSameConnection() throws Exception {
        server.start();
        saturate();
        while (held.size() > 0) {
            held.take().run();
        }
        for (RawConnection served : connections.subList(0, LIMIT)) {
            served.reply();
        }
        RawConnection refused = connections.get(CLIENTS - 1);
        send(refused, CLIENTS - 1);
        held.take().run();
        assertEquals(200, refused.reply().status());
    }

    @Test
    void clientsWithLargeBodiesGetTheirRefusal() throws Exception {
        server.start();
        saturate();
        for (int i = 0; i < 20; i++) {
            RawConnection large = connect();
            large.send("POST /next_tracks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n"
                    + "x".repeat(500_000));
            assertRefused(large.reply());
            large.send("GET /next_track?user=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertRefused(large.reply());
        }
    }

    @Test
    void whatWaitsForTheLogIsBounded() throws Exception {
        var disk = new StallingDisk();
        server.with(disk).start();
        server.stallLog();
        for (int user = 0; user < CLIENTS; user++) {
            RawConnection connection = connect();
            send(connection, user);
            if (user >= LIMIT) {
                assertRefused(connection.reply());
            } else if (user == LIMIT - 1) {
                Waiting.until("all admitted requests are in progress", this::isFull);
            }
        }
        assertTrue(onHealthPort("/health/live").contains("\"live\""));
        disk.work();
        for (int user = 0; user < LIMIT; user++) {
            held.take().run();
        }
        for (RawConnection admitted : connections.subList(0, LIMIT)) {
            assertEquals(200, admitted.reply().status());
        }
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7), recorded());
    }

    private boolean isFull() {
        try (var probe = new RawConnection(
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort()))) {
            probe.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return probe.reply().status() == 503;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
