package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The headers of a proxy count only if the configuration states that there is one. */
@Timeout(60)
class ForwardedTest {

    private static final List<String> HEADERS = List.of(
            "X-Forwarded-Host: music.example.org",
            "X-Forwarded-Host: music.example.org:443",
            "Forwarded: host=music.example.org;proto=https");

    @TempDir
    Path folder;

    @Test
    void clientsCannotChooseTheHostByDefault() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            for (String header : HEADERS) {
                assertEquals(200, status(server, "localhost", header));
                assertEquals(403, status(server, "localhost", header, "Origin: https://music.example.org"));
                assertEquals(
                        421, status(server, "music.example.org", header.replace("music.example.org", "localhost")));
            }
        }
    }

    @Test
    void aProxyStatesTheHostOfTheRequest() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("server.forwarded", "true")
                .with("server.allow_hosts", "music.example.org")
                .start()) {
            for (String header : HEADERS) {
                assertEquals(200, status(server, "backend", header));
                assertEquals(200, status(server, "backend", header, "Origin: https://music.example.org"));
                assertEquals(403, status(server, "backend", header, "Origin: https://backend"));
                assertEquals(421, status(server, "localhost", header.replace("music", "rebind")));
            }
            assertEquals(421, status(server, "backend"));
            assertEquals(200, status(server, "localhost", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"));
        }
    }

    @Test
    void malformedHeadersOfAProxyAreRefused() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.forwarded", "true").start()) {
            assertEquals(400, status(server, "localhost", "X-Forwarded-Port: none"));
            assertEquals(200, status(server, "localhost"));
        }
    }

    private static int status(TestServer server, String host, String... headers) throws Exception {
        try (var connection = new RawConnection(server.uri())) {
            connection.send("POST /next_track HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10\r\n" + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "")
                    + "\r\n{\"user\":1}");
            return connection.reply().status();
        }
    }
}
