package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests by names that are not the server's are refused, so that no page can make its name resolve to the server. */
@Timeout(60)
class HostCheckTest {

    @TempDir
    Path folder;

    @Test
    void aServerOfTheLoopbackInterfaceHasNoOtherNameThanLocalhost() throws Exception {
        try (TestServer server = TestServer.in(folder).start()) {
            assertAccepted(server, "localhost", "LocalHost:5000", "127.0.0.1", "127.0.0.1:80", "192.168.1.2:5000");
            assertAccepted(server, "[::1]", "[::1]:5000", "2130706433");
            RawConnection.Reply refused = get(server, "rebind.example.org:5000");
            assertEquals(421, refused.status(), refused::text);
            assertTrue(
                    refused.body()
                            .contains(
                                    "the server has no name rebind.example.org; use its IP address or localhost, or add the name"
                                            + " to server.allow_hosts"),
                    refused::body);
            assertRefused(server, "localhost.example.org", "127.0.0.1.example.org", "a", "1a", "xn--a", "0x7f.1");
        }
    }

    @Test
    void configuredNamesAreAccepted() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("server.allow_hosts", "Music.example.org,nas")
                .start()) {
            assertAccepted(server, "music.example.org", "MUSIC.example.org:443", "nas:5000", "localhost", "10.0.0.1");
            assertRefused(server, "example.org", "a.music.example.org", "nas.example.org");
        }
    }

    @Test
    void aServerBeyondTheLoopbackInterfaceAcceptsAllNamesByDefault() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.host", "0.0.0.0").start()) {
            assertAccepted(server, "localhost", "music.example.org", "10.0.0.1");
        }
    }

    @Test
    void aServerBeyondTheLoopbackInterfaceAcceptsConfiguredNamesAlone() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("server.host", "0.0.0.0")
                .with("server.allow_hosts", "nas")
                .start()) {
            assertAccepted(server, "localhost", "nas", "10.0.0.1");
            assertRefused(server, "music.example.org");
        }
    }

    @Test
    void aPortOfTheLoopbackInterfaceIsCheckedBesideAPublicOne() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("server.host", "0.0.0.0")
                .with("admin.port", "0")
                .with("admin.host", "127.0.0.1")
                .start()) {
            assertAccepted(server, "music.example.org");
            try (var connection = new RawConnection(server.server().adminUri())) {
                connection.send("GET /admin/tracks HTTP/1.1\r\nHost: music.example.org\r\n\r\n");
                assertEquals(421, connection.reply().status());
            }
        }
    }

    @Test
    void theHealthPortIsCheckedToo() throws Exception {
        try (TestServer server =
                TestServer.in(folder).with("server.health_port", "0").start()) {
            var uri = server.uri()
                    .resolve("//127.0.0.1:" + server.server().healthPort().getAsInt());
            try (var connection = new RawConnection(uri)) {
                connection.send("GET /metrics HTTP/1.1\r\nHost: music.example.org\r\n\r\n");
                connection.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertEquals(421, connection.reply().status());
                assertEquals(200, connection.reply().status());
            }
        }
    }

    @Test
    void requestsOfHttp10NeedNoHost() throws Exception {
        try (TestServer server = TestServer.in(folder).start();
                var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write("GET /health/live HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        }
    }

    @Test
    void theTargetOfARequestHasNoOtherName() throws Exception {
        try (TestServer server = TestServer.in(folder).start();
                var connection = new RawConnection(server.uri())) {
            connection.send("GET http://rebind.example.org/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(400, connection.reply().status());
        }
    }

    private static void assertAccepted(TestServer server, String... hosts) throws Exception {
        for (String host : hosts) {
            RawConnection.Reply reply = get(server, host);
            assertEquals(200, reply.status(), host);
        }
    }

    private static void assertRefused(TestServer server, String... hosts) throws Exception {
        for (String host : hosts) {
            RawConnection.Reply reply = get(server, host);
            assertEquals(421, reply.status(), host);
        }
    }

    private static RawConnection.Reply get(TestServer server, String host) throws Exception {
        try (var connection = new RawConnection(server.uri())) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            return connection.reply();
        }
    }
}
