package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests which other origins may read responses. */
@Timeout(60)
class OtherOriginsTest {

    private static final String ALLOWED = "https://player.example.org";
    private static final String ALLOWED_TOO = "http://localhost:8080";
    private static final String OTHER = "https://playerXexample.org";
    private static final String REQUEST = "GET /next_track?user=1 HTTP/1.1";

    @TempDir
    Path folder;

    @Test
    void noOriginIsAllowedByDefault() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            assertEquals("403 none", send(server, REQUEST, ALLOWED));
            assertEquals("200 none", send(server, "GET /health/ready HTTP/1.1", ALLOWED));
        }
    }

    @Test
    void configuredOriginsAreAllowed() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("server.allow_origin", ALLOWED + "," + ALLOWED_TOO)
                .start()) {
            assertEquals("200 " + ALLOWED, send(server, REQUEST, ALLOWED));
            assertEquals("200 " + ALLOWED_TOO, send(server, REQUEST, ALLOWED_TOO));
            assertEquals("403 none", send(server, REQUEST, OTHER));
            assertEquals("200 none", send(server, "GET /health/ready HTTP/1.1", OTHER));
            assertEquals("400 " + ALLOWED, send(server, "GET /next_track HTTP/1.1", ALLOWED));
            assertEquals("200 " + ALLOWED, send(server, "GET /health/ready HTTP/1.1", ALLOWED));
            HttpResponse<String> withoutOrigin = server.get("/next_track?user=1");
            assertEquals(200, withoutOrigin.statusCode());
        }
    }

    @Test
    void aStarAllowsAllOrigins() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.allow_origin", "*").start()) {
            assertEquals("200 " + OTHER, send(server, REQUEST, OTHER));
        }
    }

    @Test
    void administrationIsNotAllowedToOtherOrigins() throws Exception {
        for (String origins : new String[] {"*", OTHER}) {
            try (TestServer server =
                    TestServer.in(folder).with("server.allow_origin", origins).start()) {
                assertEquals("200 none", send(server, "GET /admin/tracks HTTP/1.1", OTHER));
                assertEquals("403 none", send(server, "PUT /admin/tracks/1 HTTP/1.1", OTHER));
                assertEquals("403 none", send(server, "POST /reload HTTP/1.1\r\nContent-Length: 0", OTHER));
                String preflight = "OPTIONS /admin/tracks/1 HTTP/1.1\r\nAccess-Control-Request-Method: PUT";
                assertEquals("204 none", send(server, preflight, OTHER));
            }
        }
    }

    @Test
    void preflightAllowsPostsOfJson() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.allow_origin", ALLOWED).start()) {
            String preflight = "OPTIONS /next_track HTTP/1.1\r\nAccess-Control-Request-Method: POST\r\n"
                    + "Access-Control-Request-Headers: content-type";
            assertEquals("200 " + ALLOWED, send(server, preflight, ALLOWED));
            assertEquals("200 none", send(server, preflight, OTHER));
        }
    }

    /** Returns the status and the allowed origin. Uses a socket, since the JDK's client refuses to send an Origin header. */
    private static String send(TestServer server, String head, String origin) throws Exception {
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nHost: localhost\r\nOrigin: " + origin + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String[] lines =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\r\n");
            String allowed = Arrays.stream(lines)
                    .filter(line -> line.startsWith("Access-Control-Allow-Origin: "))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .findFirst()
                    .orElse("none");
            return lines[0].substring(9, 12) + " " + allowed;
        }
    }
}
