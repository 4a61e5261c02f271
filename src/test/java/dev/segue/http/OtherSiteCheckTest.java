package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages of other origins cannot make a browser send requests that change state. */
@Timeout(60)
class OtherSiteCheckTest {

    private static final String NEXT = "POST /next/1|{\"track\":1,\"time\":1}";
    private static final String SCROBBLE = "/rest/scrobble?id=1&u=100&p=sesame&v=1.16.1&c=test&f=json";

    /** One request of each kind that changes state. */
    private static final List<String> CHANGES = List.of(
            NEXT,
            "POST /next_track|{\"user\":1}",
            "POST /last/1|{\"track\":1,\"time\":1}",
            "POST /next_tracks|{\"user\":1}",
            "POST /feedback|{\"user\":1,\"track\":1,\"feedback\":\"like\"}",
            "POST /reload|",
            "PUT /admin/tracks/1|",
            "DELETE /admin/tracks/1|",
            "DELETE /admin/listeners/1|",
            "GET /next_track?user=1|",
            "GET " + SCROBBLE + "|",
            "HEAD " + SCROBBLE.replace("scrobble", "scrobble.view") + "|",
            "GET /rest/%73crobble?id=1|",
            "POST " + SCROBBLE + "|");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // every test starts it
    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(String... settings) throws Exception {
        server = TestServer.in(folder).with("adapters.opensubsonic_users", "{\"100\":\"sesame\"}");
        for (int i = 0; i < settings.length; i += 2) {
            server.with(settings[i], settings[i + 1]);
        }
        server.start();
    }

    @Test
    void changesOfOtherSitesAreRefusedAndLeaveNoEvent() throws Exception {
        start();
        for (String change : CHANGES) {
            assertRefused(change, "Sec-Fetch-Site: cross-site");
            assertRefused(change, "Sec-Fetch-Site: same-site");
            assertRefused(change, "Sec-Fetch-Site: CROSS-SITE");
            assertRefused(change, "Sec-Fetch-Site: cross-site", "Origin: http://localhost");
            assertRefused(change, "Origin: https://evil.example.org");
            assertRefused(change, "Origin: http://localhost:81");
            assertRefused(change, "Origin: http://localhost.evil.org");
            assertRefused(change, "Origin: null");
            assertRefused(change, "Origin: ://");
        }
        assertTrue(server.events().isEmpty());
    }

    @Test
    void otherRequestsOfTheServersOwnPagesAndOfOtherClientsAreAccepted() throws Exception {
        start();
        assertEquals(200, status(NEXT));
        assertEquals(200, status(NEXT, "Sec-Fetch-Site: same-origin"));
        assertEquals(200, status(NEXT, "Sec-Fetch-Site: same-origin", "Origin: http://any.org"));
        assertEquals(200, status(NEXT, "Sec-Fetch-Site: none"));
        assertEquals(200, status(NEXT, "Origin: http://localhost"));
        assertEquals(200, status(NEXT, "Origin: http://LOCALHOST:80"));
        assertEquals(200, statusAt("127.0.0.1:5000", NEXT, "Origin: http://127.0.0.1:5000"));
        assertEquals(200, statusAt("[::1]:5000", NEXT, "Origin: http://[::1]:5000"));
        assertEquals(200, statusAt("localhost", NEXT, "Origin: https://localhost"));
        assertEquals(403, statusAt("127.0.0.1:5000", NEXT, "Origin: http://127.0.0.1"));
        assertEquals(200, status("GET /next_track?user=1|"));
    }

    @Test
    void requestsThatOnlyReadAreAccepted() throws Exception {
        start();
        for (String path : List.of("/", "/health/live", "/server", "/dashboard", "/admin/tracks", "/tracks?q=title")) {
            assertEquals(200, status("GET " + path + "|", "Sec-Fetch-Site: cross-site", "Origin: http://evil.org"));
        }
        assertEquals(204, status("OPTIONS /next_track|", "Sec-Fetch-Site: cross-site", "Origin: http://evil.org"));
    }

    @Test
    void allowedOriginsMayChangeStateButNotAdminister() throws Exception {
        start("server.allow_origin", "https://a.org,http://localhost:8080");
        assertEquals(200, status(NEXT, "Origin: https://a.org"));
        assertEquals(200, status(NEXT, "Sec-Fetch-Site: same-site", "Origin: http://localhost:8080"));
        assertRefused(NEXT, "Origin: https://b.org");
        assertRefused("GET /next_track?user=1|", "Sec-Fetch-Site: cross-site");
        assertRefused("POST /reload|", "Sec-Fetch-Site: cross-site", "Origin: https://a.org");
    }

    @Test
    void aStarAllowsAllOriginsButNoAdministration() throws Exception {
        start("server.allow_origin", "*");
        assertEquals(200, status(NEXT, "Origin: https://b.org"));
        assertEquals(200, status("GET /next_track?user=1|", "Sec-Fetch-Site: cross-site"));
        assertRefused("DELETE /admin/listeners/1|", "Origin: https://b.org");
    }

    private void assertRefused(String change, String... headers) throws Exception {
        assertEquals(403, status(change, headers), () -> change + " " + String.join(", ", headers));
    }

    private int status(String request, String... headers) throws Exception {
        return statusAt("localhost", request, headers);
    }

    private int statusAt(String host, String request, String... headers) throws Exception {
        String[] parts = request.split("[|]", 2);
        List<String> lines = new ArrayList<>(List.of(parts[0] + " HTTP/1.1", "Host: " + host));
        lines.addAll(List.of(headers));
        if (!parts[1].isEmpty()) {
            lines.add("Content-Type: "
                    + (parts[0].endsWith("/next_tracks") ? "application/x-ndjson" : "application/json"));
        }
        lines.add("Content-Length: " + parts[1].length());
        lines.add("Connection: close\r\n\r\n");
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write((String.join("\r\n", lines) + parts[1]).getBytes(US_ASCII));
            var response = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
        }
    }
}
