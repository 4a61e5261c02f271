package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that administer the server need its token. */
@Timeout(60)
class AdminTokenTest {

    private static final String TOKEN = "0123456789-secret";
    private static final String BEARER = "Authorization: Bearer " + TOKEN + "\r\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /admin/tracks",
                "PUT /admin/tracks/1",
                "DELETE /admin/tracks/1",
                "DELETE /admin/listeners/1",
                "POST /reload"
            })
    void withATokenAllAdministrationNeedsIt(String request) throws Exception {
        try (TestServer server = start("admin.token", TOKEN)) {
            RawConnection.Reply refused = send(server, request, "");
            assertEquals(401, refused.status(), refused::text);
            assertTrue(refused.head().contains("\r\nWWW-Authenticate: Bearer\r\n"), refused::head);
            assertTrue(refused.body().contains("send it as Authorization: Bearer TOKEN"), refused::body);
            assertEquals(
                    401,
                    send(server, request, BEARER.replace(TOKEN, TOKEN + "x")).status());
            assertEquals(
                    401,
                    send(server, request, BEARER.replace(TOKEN, "0123456789")).status());
            assertEquals(
                    401,
                    send(server, request, BEARER.replace("Bearer", "Basic")).status());
            assertEquals(200, send(server, request, BEARER).status());
            assertEquals(
                    200,
                    send(server, request, BEARER.replace("Bearer", "bearer")).status());
        }
    }

    @Test
    void everyPathOfAdministrationNeedsTheToken() throws Exception {
        try (TestServer server = start("admin.token", TOKEN)) {
            Set<String> paths = new TreeSet<>();
            for (Endpoint endpoint : server.server().endpoints()) {
                if (Paths.isAdmin(endpoint.path())) {
                    for (String method : endpoint.methods()) {
                        paths.add(endpoint.path());
                        String path = endpoint.path().replaceAll("[{].*[}]", "1");
                        assertEquals(
                                401,
                                server.send(method, path, "application/json", "")
                                        .statusCode(),
                                method + " " + path);
                    }
                }
            }
            assertEquals(
                    Set.of(
                            "/admin/generations",
                            "/admin/learn",
                            "/admin/listeners/{id}",
                            "/admin/reload",
                            "/admin/rollback",
                            "/admin/tracks",
                            "/admin/tracks/{id}",
                            "/reload"),
                    paths);
        }
    }

    @Test
    void otherPathsNeedNoToken() throws Exception {
        try (TestServer server = start("admin.token", TOKEN)) {
            for (String path : new String[] {"/next_track?user=1", "/health/live", "/metrics", "/dashboard"}) {
                assertEquals(200, server.get(path).statusCode(), path);
            }
            assertEquals(404, server.get("/administration").statusCode());
            assertEquals(404, server.get("/reloads").statusCode());
        }
    }

    @Test
    void theTokenIsTheFirstLineOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\nnotes\n");
        try (TestServer server = start("admin.token_file", file.toString())) {
            assertEquals(401, send(server, "GET /admin/tracks", "").status());
            assertEquals(200, send(server, "GET /admin/tracks", BEARER).status());
        }
    }

    @Test
    void withoutATokenAServerOfTheLoopbackInterfaceIsOpen() throws Exception {
        try (TestServer server = start("server.host", "localhost")) {
            assertEquals(200, server.get("/admin/tracks").statusCode());
            assertEquals(200, server.post("/reload", "").statusCode());
        }
    }

    @Test
    void withoutATokenAServerBeyondTheLoopbackInterfaceIsClosed() throws Exception {
        try (TestServer server = start("server.host", "0.0.0.0")) {
            RawConnection.Reply refused = send(server, "POST /reload", BEARER);
            assertEquals(403, refused.status(), refused::text);
            assertTrue(refused.body().contains("set admin.token_file, or server.host to 127.0.0.1"), refused::body);
            assertEquals(403, send(server, "GET /admin/tracks", "").status());
            assertEquals(200, send(server, "GET /health/live", "").status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/tracks;x",
                "/admin;x/tracks",
                "/%61dmin/tracks",
                "/%61dmin;x=y/tracks",
                "/./admin/tracks",
                "/x/../admin/tracks",
                "/%2e/admin/tracks",
                "//admin/tracks",
                "/admin//tracks",
                "/admin%2Ftracks",
                "/admin/%74racks",
                "/reload;x",
                "/%72eload",
                "/%2572eload",
                "http://localhost/reload",
                "/admin",
                "/admin/",
                "/reload/",
                "/reload?force=true"
            })
    void noSpellingOfAPathPassesWithoutTheToken(String path) throws Exception {
        try (TestServer server = start("admin.token", TOKEN)) {
            String generation = server.server().generation();
            for (String method : new String[] {"GET", "POST"}) {
                RawConnection.Reply reply = send(server, method + " " + path, "");
                assertTrue(reply.status() == 401 || reply.status() == 400, reply::text);
            }
            assertEquals(generation, server.server().generation());
            assertTrue(server.get("/metrics").body().contains("segue_catalog_reloads_total{outcome=\"done\"} 0"));
        }
    }

    @Test
    void theConnectionOfARefusedRequestWithABodyStaysOpen() throws Exception {
        try (TestServer server = start("admin.token", TOKEN);
                var connection = new RawConnection(server.uri())) {
            connection.send("POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
                    + "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(401, connection.reply().status());
            assertEquals(200, connection.reply().status());
        }
    }

    @Test
    void refusalsAreCounted() throws Exception {
        try (TestServer server = start("admin.token", TOKEN)) {
            send(server, "POST /reload", "");
            String metrics = server.get("/metrics").body();
            assertTrue(metrics.contains("segue_problems_total{status=\"401\"} 1"), metrics);
        }
    }

    private TestServer start(String setting, String value) throws Exception {
        return TestServer.in(folder).with(setting, value).start();
    }

    private static RawConnection.Reply send(TestServer server, String request, String headers) throws Exception {
        try (var connection = new RawConnection(server.uri())) {
            connection.send(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + headers + "\r\n");
            return connection.reply();
        }
    }
}
