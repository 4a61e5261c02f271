package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administration, metrics and dashboard on a port of their own. */
@Timeout(60)
class AdminPortTest extends WithServer {

    private static final Pattern LINK = Pattern.compile(" (?:href|src)=\"([^\"]+)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /admin/tracks",
                "PUT /admin/tracks/1",
                "DELETE /admin/listeners/1",
                "POST /reload",
                "GET /metrics",
                "GET /dashboard",
                "GET /dashboard/",
                "GET /dashboard/dashboard.js"
            })
    void movedPathsAreOnTheAdminPortAlone(String request) throws Exception {
        start();
        HttpResponse<String> main = send(server.uri(), request);
        assertEquals(404, main.statusCode());
        assertTrue(main.body().contains("use admin.port"), main::body);
        int status = send(server.server().adminUri(), request).statusCode();
        assertEquals(request.equals("GET /dashboard/") ? 302 : 200, status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /listen",
                "POST /next_track",
                "POST /next_tracks",
                "POST /next/1",
                "POST /last/1",
                "POST /feedback",
                "GET /feedback?user=1",
                "GET /nowhere"
            })
    void theAdminPortServesNoListeners(String request) throws Exception {
        start();
        HttpResponse<String> refused = send(server.server().adminUri(), request);
        assertEquals(404, refused.statusCode());
        assertTrue(refused.body().contains("use server.port"), refused::body);
        HttpResponse<String> main = send(server.uri(), request);
        assertTrue(request.endsWith("nowhere") || main.statusCode() != 404, main::body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live",
                "/health/ready",
                "/server",
                "/experiments",
                "/tracks?q=title",
                "/tracks/1/neighbours",
                "/track/1",
                "/next_track?user=1&dry_run=true&explain=true",
                "/docs",
                "/docs/docs.js",
                "/openapi.json",
                "/config.schema.json"
            })
    void bothPortsServeWhatTheDashboardRequests(String path) throws Exception {
        start();
        assertEquals(200, send(server.uri(), "GET " + path).statusCode());
        assertEquals(200, send(server.server().adminUri(), "GET " + path).statusCode());
    }

    /** The pages and files that a page links to and loads. */
    private static List<String> links(URI port, String page) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(port.resolve(page))
                .header("Accept", "text/html")
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), page);
        return LINK.matcher(response.body())
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "main, /, ./ listen docs",
        "main, /listen, ./ listen docs",
        "main, /docs, ''",
        "admin, /dashboard, dashboard docs",
        "admin, /docs, ''"
    })
    void pagesHaveLinksToPagesOfTheirPortAlone(String port, String page, String pages) throws Exception {
        start();
        URI uri = port.equals("main") ? server.uri() : server.server().adminUri();
        List<String> links = links(uri, page);
        for (String link : links) {
            assertEquals(200, send(uri, "GET " + URI.create(page).resolve(link)).statusCode(), link);
        }
        Set<String> linked = new TreeSet<>(links);
        linked.removeIf(link -> link.matches("\\w+/.*|#.*"));
        assertEquals(new TreeSet<>(List.of(pages.split(" "))), linked.isEmpty() ? Set.of("") : linked);
    }

    @Test
    void theOnlyPortHasAllLinks() throws Exception {
        server.start();
        for (String page : List.of("/", "/listen", "/dashboard")) {
            List<String> links = links(server.uri(), page);
            assertTrue(links.containsAll(List.of("./", "listen", "dashboard", "docs")), links::toString);
        }
    }

    @Test
    void theHealthPortKeepsItsPaths() throws Exception {
        server.with("admin.port", "0").with("server.health_port", "0").start();
        var health =
                URI.create("http://127.0.0.1:" + server.server().healthPort().getAsInt() + "/");
        assertEquals(200, send(health, "GET /metrics").statusCode());
        assertEquals(404, send(health, "GET /admin/tracks").statusCode());
    }

    @Test
    void anAdminPortOfTheLoopbackInterfaceIsOpenBesideAPublicMainPort() throws Exception {
        server.with("server.host", "0.0.0.0")
                .with("admin.port", "0")
                .with("admin.host", "127.0.0.1")
                .start();
        assertEquals("127.0.0.1", server.server().adminUri().getHost());
        assertEquals(200, send(server.server().adminUri(), "GET /admin/tracks").statusCode());
        assertEquals(404, send(server.uri(), "GET /admin/tracks").statusCode());
    }

    @Test
    void anAdminPortBeyondTheLoopbackInterfaceNeedsAToken() throws Exception {
        server.with("admin.port", "0").with("admin.host", "0.0.0.0").start();
        assertEquals(403, send(server.server().adminUri(), "GET /admin/tracks").statusCode());
        assertEquals(200, send(server.server().adminUri(), "GET /metrics").statusCode());
    }

    @Test
    void withoutAnAdminPortThereIsOneAddress() throws Exception {
        server.start();
        assertEquals(server.uri(), server.server().adminUri());
    }

    @Test
    void anAdminPortInUseIsReported(@TempDir Path other) throws Exception {
        try (TestServer first = TestServer.in(other).start()) {
            String port = String.valueOf(first.uri().getPort());
            String refusal = String.valueOf(assertThrows(
                            StartException.class,
                            () -> server.with("admin.port", port).start())
                    .getMessage());
            assertTrue(refusal.startsWith("cannot listen on 127.0.0.1:" + port + " ("), refusal);
        }
    }

    private void start() {
        server.with("admin.port", "0").start();
        assertNotEquals(server.uri(), server.server().adminUri());
    }

    private static HttpResponse<String> send(URI server, String request) throws Exception {
        String[] words = request.split(" ", -1);
        return CLIENT.send(
                HttpRequest.newBuilder(server.resolve(words[1]))
                        .method(words[0], BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
