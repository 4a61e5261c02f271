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

/** Which pages of other origins may read responses. */
@Timeout(60)
class OtherOriginsTest {

    private static final String ALLOWED = "https://player.example.org";
    private static final String ALLOWED_TOO = "http://localhost:8080";
    private static final String OTHER = "https://playerXexample.org";
    private static final String ASK = "GET /next_track?user=1 HTTP/1.1";

    @TempDir
    Path folder;

    @Test
    void noneIsByDefault() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            assertEquals("200 none", send(server, ASK, ALLOWED));
        }
    }

    @Test
    void thoseThatAreSetAre() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("server.allow_origin", ALLOWED + "," + ALLOWED_TOO)
                .start()) {
            assertEquals("200 " + ALLOWED, send(server, ASK, ALLOWED));
            assertEquals("200 " + ALLOWED_TOO, send(server, ASK, ALLOWED_TOO));
            assertEquals("200 none", send(server, ASK, OTHER));
            assertEquals("400 " + ALLOWED, send(server, "GET /next_track HTTP/1.1", ALLOWED));
            assertEquals("200 " + ALLOWED, send(server, "GET /health/ready HTTP/1.1", ALLOWED));
            HttpResponse<String> withoutOrigin = server.get("/next_track?user=1");
            assertEquals(200, withoutOrigin.statusCode());
        }
    }

    @Test
    void allAreWithAStar() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.allow_origin", "*").start()) {
            assertEquals("200 " + OTHER, send(server, ASK, OTHER));
        }
    }

    @Test
    void preflightAllowsJsonToBePosted() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.allow_origin", ALLOWED).start()) {
            String asks = "OPTIONS /next_track HTTP/1.1\r\nAccess-Control-Request-Method: POST\r\n"
                    + "Access-Control-Request-Headers: content-type";
            assertEquals("200 " + ALLOWED, send(server, asks, ALLOWED));
            assertEquals("200 none", send(server, asks, OTHER));
        }
    }

    /** The status, and which origin may read the response. The JDK's client refuses to send an Origin. */
    private static String send(TestServer server, String head, String origin) throws Exception {
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nHost: a\r\nOrigin: " + origin + "\r\nConnection: close\r\n\r\n")
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
