package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with the fast path and one without, which has an access log, get the same bytes. Their responses, their metrics and the numbers of
 * their events must be equal. {@code scripts/compare-fast-path} runs it with 1,000,000 requests.
 */
class FastPathDifferentialTest {

    private static final int REQUESTS = Integer.getInteger("segue.compare.requests", 3_000);
    private static final int CLIENTS = 4;
    private static final int USERS_OF_CLIENT = 50;
    private static final int MAX_REQUESTS_OF_CONNECTION = 50;
    private static final int TIMEOUT_MS = 60_000;
    private static final Pattern DATE = Pattern.compile("\r\nDate: [^\r]*");
    private static final Pattern COUNTS = Pattern.compile(
            "segue_(responses_total|response_seconds_count|problems_total|recommendations_total|assignments_total"
                    + "|clamped_shares_total|log_events_total|recommendation_seconds_count)\\b.*");

    @TempDir
    Path folder;

    @Test
    void bothWaysHaveTheSameResponses() throws Exception {
        Path fastFolder = Files.createDirectory(folder.resolve("fast"));
        Path slowFolder = Files.createDirectory(folder.resolve("slow"));
        try (TestServer fast = TestServer.in(fastFolder).start();
                TestServer slow = TestServer.in(slowFolder)
                        .with(
                                "access_log.file",
                                slowFolder.resolve("access.log").toString())
                        .start()) {
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                clients.add(threads.submit(() -> {
                    compare(number, fast.uri(), slow.uri());
                    return null;
                }));
            }
            threads.shutdown();
            for (Future<?> client : clients) {
                client.get();
            }
            long served = fast.server().servedFast();
            assertTrue(served > REQUESTS / 3, served + " of " + REQUESTS + " on the fast path");
            assertEquals(0, slow.server().servedFast());
            assertEquals(counts(slow), counts(fast));
            System.out.println(REQUESTS + " requests, " + served + " of them on the fast path: the same responses");
        }
    }

    private static String counts(TestServer server) throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> COUNTS.matcher(line).matches() && !line.contains("/metrics"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static void compare(int client, URI fast, URI slow) throws IOException {
        var requests = new GeneratedRequests(client, 1000 * (client + 1), USERS_OF_CLIENT);
        int sent = 0;
        for (int connection = 0; sent < REQUESTS / CLIENTS; connection++) {
            InetAddress source =
                    InetAddress.getByAddress(new byte[] {127, 0, (byte) (client + 1), (byte) (connection % 200 + 1)});
            try (Socket toFast = connect(fast, source);
                    Socket toSlow = connect(slow, source)) {
                String fields = requests.fields();
                for (int left = requests.below(MAX_REQUESTS_OF_CONNECTION); left > 0; left--) {
                    sent++;
                    String request = requests.request(fields);
                    int split = requests.split(request);
                    send(toFast, request, split);
                    send(toSlow, request, split);
                    assertEquals(
                            withoutDate(RawConnection.text(toSlow)), withoutDate(RawConnection.text(toFast)), request);
                }
                sent++;
                String last = requests.broken();
                int split = requests.split(last);
                assertEquals(rest(toSlow, last, split), rest(toFast, last, split), last);
            }
        }
    }

    private static Socket connect(URI server, InetAddress source) throws IOException {
        var socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort(), source, 0);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static void send(Socket socket, String bytes, int split) throws IOException {
        byte[] all = bytes.getBytes(ISO_8859_1);
        socket.getOutputStream().write(all, 0, split);
        socket.getOutputStream().write(all, split, all.length - split);
    }

    /** All that the server sends after the last bytes of a connection. */
    private static String rest(Socket socket, String last, int split) throws IOException {
        send(socket, last, split);
        socket.shutdownOutput();
        return withoutDate(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    }

    private static String withoutDate(String responses) {
        return DATE.matcher(responses).replaceAll("");
    }
}
