package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each response is counted once, by its route and its status. */
class ResponseCountTest {

    private static final String RESPONSES = "segue_responses_total";
    private static final String OWN = "{route=\"/metrics\",status=\"200\"}";

    private static final int LIMIT = 16;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // most tests start it
    private TestServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Map<String, Double> once(String route, int status) {
        return Map.of("{route=\"" + route + "\",status=\"" + status + "\"}", 1.0);
    }

    /** The responses that were counted since an earlier time, without that to the request for the earlier metrics. */
    private Map<String, Double> responsesSince(Metrics before) throws Exception {
        Map<String, Double> responses = new HashMap<>(Metrics.of(server).increases(RESPONSES, before));
        responses.remove(OWN);
        return responses;
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int send(URI port, String request) throws Exception {
        try (var connection = new Socket(port.getHost(), port.getPort())) {
            connection.setSoTimeout(60_000);
            connection.getOutputStream().write(request.replace("\\r\\n", "\r\n").getBytes(US_ASCII));
            String begin = new String(connection.getInputStream().readNBytes(12), US_ASCII);
            return Integer.parseInt(begin.substring("HTTP/1.1 ".length()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, /next_track, GET /next_track?user=1 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "400, /next_track, GET /next_track?user= HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "405, /next_track, PUT /next_track HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1\\r\\n\\r\\nx",
        "204, /next_track, OPTIONS /next_track HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "404, /track/{id}, GET /track/x HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "404, /track/{id}, GET /track/77 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "404, /track/{id}, GET /track/1/2 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "400, /next_tracks, 'POST /next_tracks HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/x-ndjson\\r\\nContent-Length: 1\\r\\n\\r\\nx'",
        "404, other, GET /no/such/path HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "400, other, GET /a/%2e%2e/b HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "400, other, GET / HTTP/1.1\\r\\n\\r\\n",
        "400, other, GET / HTTP/1.1\\r\\nHost: localhost\\r\\nA B: c\\r\\n\\r\\n",
        "400, other, nonsense\\r\\n\\r\\n",
        "400, other, GET / HTTP/7.3\\r\\nHost: localhost\\r\\n\\r\\n",
        "417, other, GET / HTTP/1.1\\r\\nHost: localhost\\r\\nExpect: x\\r\\n\\r\\n",
        "413, other, POST /next_track HTTP/1.1\\r\\nHost: localhost\\r\\nExpect: 100-continue\\r\\nContent-Type: application/json\\r\\nContent-Length: 99999999\\r\\n\\r\\n",
        "400, /next_track, POST /next_track HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nX\\r\\n",
        "421, other, GET /next_track?user=1 HTTP/1.1\\r\\nHost: elsewhere.example\\r\\n\\r\\n",
        "403, other, GET /next_track?user=1 HTTP/1.1\\r\\nHost: localhost\\r\\nSec-Fetch-Site: cross-site\\r\\n\\r\\n",
    })
    void responsesOfTheMainPort(int status, String route, String request) throws Exception {
        server = TestServer.in(folder).start();
        Metrics before = Metrics.of(server);
        assertEquals(status, send(server.uri(), request));
        assertEquals(once(route, status), responsesSince(before));
    }

    @Test
    void aHeadThatIsTooLarge() throws Exception {
        server = TestServer.in(folder).start();
        Metrics before = Metrics.of(server);
        String header = "X: " + "x".repeat(20_000);
        assertEquals(431, send(server.uri(), "GET / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"));
        assertEquals(once("other", 431), responsesSince(before));
    }

    @Test
    void aBodyThatIsTooLarge() throws Exception {
        server = TestServer.in(folder).with("server.max_body_bytes", "1024").start();
        Metrics before = Metrics.of(server);
        assertEquals(413, server.post("/next_track", "x".repeat(1025)).statusCode());
        assertEquals(once("other", 413), responsesSince(before));
    }

    @Test
    void aBatchIsOneResponse() throws Exception {
        server = TestServer.in(folder).start();
        Metrics before = Metrics.of(server);
        String lines = "{\"user\": 1}\n{\"user\": -1}\n{\"user\": \"\"}\n";
        HttpResponse<String> response = server.send("POST", "/next_tracks", "application/x-ndjson", lines);
        assertEquals(200, response.statusCode(), response::body);
        assertEquals(once("/next_tracks", 200), responsesSince(before));
        assertEquals(Map.of("{status=\"400\"}", 2.0), Metrics.of(server).increases("segue_problems_total", before));
    }

    @Test
    void administrationWithoutAToken() throws Exception {
        server =
                TestServer.in(folder).with("admin.token", "a-long-secret-token").start();
        Metrics before = Metrics.of(server);
        assertEquals(401, server.get("/admin/generations").statusCode());
        assertEquals(once("other", 401), responsesSince(before));
    }

    @Test
    void otherPathsOfTheFurtherPorts() throws Exception {
        server = TestServer.in(folder).with("server.health_port", "0").start();
        URI health = at(server.server().healthPort().orElseThrow());
        Metrics before = Metrics.of(server);
        assertEquals(404, send(health, "GET /server HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertEquals(once("other", 404), responsesSince(before));
        before = Metrics.of(server);
        assertEquals(200, send(health, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertEquals(once("/health/live", 200), responsesSince(before));
    }

    @Test
    void preflightRequestsOfOtherOrigins() throws Exception {
        server = TestServer.in(folder)
                .with("server.allow_origin", "https://a.example")
                .start();
        String preflight = "OPTIONS /next_track HTTP/1.1\r\nHost: localhost\r\nAccess-Control-Request-Method: POST\r\n";
        for (String origin : new String[] {"https://a.example", "https://b.example"}) {
            Metrics before = Metrics.of(server);
            assertEquals(200, send(server.uri(), preflight + "Origin: " + origin + "\r\n\r\n"));
            assertEquals(once("other", 200), responsesSince(before));
        }
        Metrics before = Metrics.of(server);
        String simple = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nOrigin: https://a.example\r\n\r\n";
        assertEquals(200, send(server.uri(), simple));
        assertEquals(once("/health/live", 200), responsesSince(before));
    }

    @Test
    void connectionsBeyondTheLimit() throws Exception {
        server = TestServer.in(folder)
                .with("server.max_connections", "" + LIMIT)
                .with("server.health_port", "0")
                .start();
        URI health = at(server.server().healthPort().orElseThrow());
        String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<RawConnection> open = new ArrayList<>();
        try (var monitor = new RawConnection(health)) {
            for (int i = 0; i < LIMIT; i++) {
                open.add(new RawConnection(server.uri()));
                open.get(i).send(request);
                assertEquals(200, open.get(i).reply().status());
            }
            assertEquals(503, send(server.uri(), request));
            monitor.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Metrics metrics = Metrics.parse(monitor.reply().body());
            assertEquals(1, metrics.get(RESPONSES + "{route=\"other\",status=\"503\"}"));
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    @Test
    void aResponseThatWaitsForTheLogInVain() throws Exception {
        var disk = new StallingDisk();
        server =
                TestServer.in(folder).with(disk).with("server.log_wait_ms", "1").start();
        Metrics before = Metrics.of(server);
        disk.stall();
        assertEquals(503, server.get("/next_track?user=1").statusCode());
        assertEquals(once("/next_track", 503), responsesSince(before));
        disk.work();
    }

    @Test
    void requestsToAServerThatStops() throws Exception {
        List<Integer> refused = new ArrayList<>();
        var handler = new GracefulShutdownHandler(refused::add, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                throw new UnsupportedOperationException();
            }
        });
        var jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        jetty.setHandler(handler);
        jetty.start();
        try {
            var unused = handler.shutdown();
            assertEquals(503, send(jetty.getURI(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertEquals(List.of(503), refused);
        } finally {
            jetty.stop();
        }
    }
}
