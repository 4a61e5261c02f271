package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Refused requests do not affect the responses to other requests, on the same connection or on others.
 *
 * <p>{@code scripts/attack} runs this with more requests.
 */
class RefusedInPipelineTest {

    private static final int INNOCENT_REQUESTS = Integer.getInteger("segue.attack.innocents", 8_000);
    private static final int THREADS = 4;
    private static final int ATTACKERS = 8;
    private static final int NEIGHBOURS = 12;
    private static final int ROUNDS = 8;
    private static final int PIPELINE = 6;
    private static final String PADDING = "X-Padding: " + "a".repeat(1000) + "\r\n";
    private static final long ATTACKER = 666;

    @TempDir
    Path folder;

    private TestServer server;

    /** Requests that are refused. */
    private enum Refused {
        UNKNOWN_EXPECTATION(417, false, head("GET", "/next_track?user=666", "Expect: nonsense\r\n")),
        MALFORMED_HEADER(400, false, head("GET", "/next_track?user=666", "No colon\r\n")),
        LONG_HEADER(431, false, head("GET", "/next_track?user=666", "X: " + "a".repeat(20_000) + "\r\n")),
        MALFORMED_URI(400, false, head("GET", "/next/%00", "")),
        AMBIGUOUS_URI(400, true, head("GET", "/next/%2f", "")),
        ANOTHER_AUTHORITY(400, true, head("GET", "http://elsewhere/next_track?user=666", "")),
        UNKNOWN_PATH(404, true, head("GET", "/nowhere", "")),
        WRONG_METHOD(405, true, head("DELETE", "/next_track", "")),
        MALFORMED_BODY(400, true, post("{"));

        private final int status;
        private final boolean keepsConnection;
        private final String request;

        /**
         * @param keepsConnection whether the connection stays open, since the start of the next request is known
         */
        Refused(int status, boolean keepsConnection, String request) {
            this.status = status;
            this.keepsConnection = keepsConnection;
            this.request = request;
        }
    }

    private static String head(String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    private static String post(String body) {
        String headers = "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return head("POST", "/next_track", headers) + body;
    }

    @BeforeEach
    void start() throws IOException {
        server = serverIn(folder).with("history.listeners", "10000").start();
    }

    /** The server to attack. */
    TestServer serverIn(Path where) throws IOException {
        return TestServer.in(where);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void requestsBesideARefusedOneGetTheirOwnResponseOrACleanEnd(Refused refused) throws Exception {
        var user = new AtomicInteger(1000);
        Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
        inParallel(THREADS, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (int place = 0; place < PIPELINE; place++) {
                    tryPipeline(refused, place, user.getAndAdd(PIPELINE), round % 2 == 0, acknowledged);
                }
            }
        });
        assertEquals(
                acknowledged.stream().sorted().toList(), loggedUsers().sorted().toList());
    }

    /** Sends a pipeline of logged requests and dry runs with one refused request among them. */
    private void tryPipeline(Refused refused, int place, long firstUser, boolean ends, Queue<Long> acknowledged)
            throws IOException {
        var pipeline = new StringBuilder();
        for (int i = 0; i < PIPELINE; i++) {
            if (i == place) {
                pipeline.append(refused.request);
            }
            pipeline.append(innocent(firstUser + i, i % 3, ""));
        }
        try (var connection = new RawConnection(server.uri())) {
            connection.send(pipeline.toString());
            if (ends) {
                connection.end();
            }
            for (int i = 0; i < PIPELINE; i++) {
                if (i == place) {
                    var reply = connection.read();
                    assertNotNull(reply, () -> "no response to the refused request, which is number " + place);
                    assertEquals(refused.status, reply.status(), reply::toString);
                    if (!refused.keepsConnection) {
                        assertNull(connection.read());
                        return;
                    }
                }
                String wrong = fault(connection.read(), firstUser + i, i % 3);
                assertNull(wrong, wrong);
                if (isLogged(i % 3)) {
                    acknowledged.add(firstUser + i);
                }
            }
            if (!ends) {
                connection.end();
            }
            assertNull(connection.read());
        }
    }

    /** The refusal of the second request must not end the third, which the parser refuses immediately. */
    @Test
    void consecutiveRefusedRequestsGetTheirOwnResponses() throws Exception {
        var user = new AtomicInteger(1000);
        inParallel(2 * THREADS, () -> {
            for (int round = 0; round < 30; round++) {
                long listener = user.getAndIncrement();
                try (var connection = new RawConnection(server.uri())) {
                    connection.send(
                            innocent(listener, 0, "") + Refused.AMBIGUOUS_URI.request + Refused.MALFORMED_URI.request);
                    connection.end();
                    String wrong = fault(connection.read(), listener, 0);
                    assertNull(wrong, wrong);
                    assertEquals(400, Objects.requireNonNull(connection.read()).status());
                    assertEquals(400, Objects.requireNonNull(connection.read()).status());
                    assertNull(connection.read());
                }
            }
        });
    }

    @Test
    void refusedRequestsOfAttackersDoNotAffectOtherConnections() throws Exception {
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
        var attacking = new AtomicBoolean(true);
        var user = new AtomicInteger(1000);
        var attackers = Executors.newFixedThreadPool(ATTACKERS);
        try {
            List<Future<?>> attacks = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                attacks.add(attackers.submit(() -> attack(attacking)));
            }
            inParallel(THREADS, () -> sendInnocentRequests(user, wrong, acknowledged));
            attacking.set(false);
            for (Future<?> attack : attacks) {
                attack.get();
            }
        } finally {
            attacking.set(false);
            attackers.shutdown();
        }
        System.out.println(wrong.size() + " of " + INNOCENT_REQUESTS + " innocent requests got a wrong response");
        assertTrue(
                wrong.isEmpty(),
                () -> wrong.size() + " of " + INNOCENT_REQUESTS + " are wrong: "
                        + wrong.stream().limit(5).toList());
        assertEquals(
                acknowledged.stream().sorted().toList(), loggedUsers().sorted().toList());
    }

    private void attack(AtomicBoolean attacking) {
        String neighbour = head("GET", "/next_track?user=" + ATTACKER + "&dry_run=true", PADDING);
        var byTheParser = Stream.of(Refused.values())
                .filter(refused -> !refused.keepsConnection)
                .toList();
        for (int attempt = 0; attacking.get(); attempt++) {
            int place = attempt % NEIGHBOURS;
            Refused refused = byTheParser.get(attempt / NEIGHBOURS % byTheParser.size());
            try (var connection = new RawConnection(server.uri())) {
                connection.send(neighbour.repeat(place) + refused.request + neighbour.repeat(NEIGHBOURS - place));
                connection.end();
                while (connection.read() != null) {}
            } catch (IOException ended) {
                // the other tests check the responses to refused requests
            }
        }
    }

    private void sendInnocentRequests(AtomicInteger users, Queue<String> wrong, Queue<Long> acknowledged)
            throws IOException {
        RawConnection connection = new RawConnection(server.uri());
        int user = users.getAndIncrement();
        for (int i = 1; user < 1000 + INNOCENT_REQUESTS; i++) {
            String fault;
            try {
                connection.send(innocent(user, i % 3, "X-Padding: " + "b".repeat(i % 1500) + "\r\n"));
                fault = fault(connection.read(), user, i % 3);
            } catch (IOException failed) {
                fault = failed.toString();
            }
            if (fault != null) {
                wrong.add(fault);
            } else if (isLogged(i % 3)) {
                acknowledged.add((long) user);
            }
            if (fault != null || i % 20 == 0) {
                connection.close();
                connection = new RawConnection(server.uri());
            }
            user = users.getAndIncrement();
        }
        connection.close();
    }

    /** Returns a request of one of three kinds: GET, dry run by GET, POST. */
    private static String innocent(long user, int kind, String header) {
        return switch (kind) {
            case 0 -> head("GET", "/next_track?user=" + user, header);
            case 1 -> head("GET", "/next_track?user=" + user + "&dry_run=true", header);
            default -> post("{\"user\":" + user + "}");
        };
    }

    private static boolean isLogged(int kind) {
        return kind != 1;
    }

    /** Returns the fault of a response, or null. It must be for this user, and only responses to GET are no-store. */
    private static @Nullable String fault(RawConnection.@Nullable Reply reply, long user, int kind) {
        boolean right = reply != null
                && reply.status() == 200
                && reply.body().startsWith("{\"user\":" + user + ",\"track\":")
                && reply.head().contains("Cache-Control: no-store") == (kind != 2);
        return right ? null : "user " + user + " got " + reply;
    }

    private Stream<Long> loggedUsers() {
        return server.events().stream()
                .map(event -> Long.valueOf(event.listener().toString()));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static void inParallel(int threads, Work work) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = Stream.generate(() -> pool.submit(() -> {
                        work.run();
                        return null;
                    }))
                    .limit(threads)
                    .collect(Collectors.toList());
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
