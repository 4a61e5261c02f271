package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 without TLS. */
@Timeout(120)
class H2cTest {

    private static final String LISTEN = "{\"track\":0,\"time\":0.3}";
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final byte STATUS_200 = (byte) 0x88; // an index of HPACK's static table

    @TempDir
    Path folder;

    private TestServer configured() throws IOException {
        return TestServer.in(folder).with("server.h2c", "true");
    }

    @Test
    void clientsThatAskForAnUpgradeGetHttp2() throws Exception {
        try (TestServer server = configured().start()) {
            HttpClient client = client();
            HttpResponse<String> first = get(client, server, "/next_track?user=1");
            assertEquals(200, first.statusCode());
            assertEquals(Version.HTTP_2, first.version());
            HttpResponse<String> next = post(client, server, "/next/1", BodyPublishers.ofString(LISTEN));
            assertEquals(200, next.statusCode(), next::body);
            assertEquals(Version.HTTP_2, next.version());
            assertEquals(2, server.events().size());
            assertTrue(get(client, server, "/metrics").body().contains("segue_connections 1.0"));
        }
    }

    @Test
    void clientsWithPriorKnowledgeGetHttp2() throws Exception {
        try (TestServer server = configured().start();
                var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            sendGet(socket, "/health/live");
            var in = new DataInputStream(socket.getInputStream());
            assertEquals(STATUS_200, firstField(frame(in, HEADERS)));
            assertEquals("{\"status\":\"live\"}", new String(frame(in, DATA), StandardCharsets.UTF_8));
        }
    }

    @Test
    void bothVersionsAreServedWhileTheServerStarts() throws Exception {
        TestServer configured = configured();
        Ports ports = configured.ports();
        configured.beforeLog(() -> assertLive(ports));
        try (TestServer server = configured.start()) {
            assertEquals(200, server.get("/health/ready").statusCode());
        }
    }

    private static void assertLive(Ports ports) {
        try (var socket = new Socket(ports.uri().getHost(), ports.uri().getPort())) {
            sendGet(socket, "/health/live");
            assertEquals(STATUS_200, firstField(frame(new DataInputStream(socket.getInputStream()), HEADERS)));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void withoutTheSettingThereIsNoHttp2() throws Exception {
        try (TestServer server = TestServer.in(folder).start();
                var connection = new RawConnection(server.uri())) {
            assertEquals(Version.HTTP_1_1, get(client(), server, "/health/live").version());
            connection.send(new String(PREFACE, StandardCharsets.US_ASCII));
            assertEquals(400, connection.reply().status());
        }
    }

    @Test
    void requestsBeyondTheLimitOfConnectionsGet503() throws Exception {
        var disk = new StallingDisk();
        try (TestServer server =
                configured().with(disk).with("server.max_connections", "16").start()) {
            HttpClient client = client();
            assertEquals(Version.HTTP_2, get(client, server, "/health/live").version());
            disk.stall();
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int user = 0; user < 20; user++) {
                sent.add(client.sendAsync(
                        request(server, "/next/" + user, BodyPublishers.ofString(LISTEN)), BodyHandlers.ofString()));
            }
            Waiting.until("four requests are refused", () -> count(sent, 503) == 4);
            assertEquals(0, count(sent, 200), "no response before its event is written");
            disk.work();
            Waiting.until("the others are served", () -> count(sent, 200) == 16);
            assertEquals(16, server.events().size());
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (TestServer server =
                        configured().with("server.idle_timeout_seconds", "1").start();
                var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            sendGet(socket, "/health/live");
            assertEquals(STATUS_200, firstField(frame(new DataInputStream(socket.getInputStream()), HEADERS)));
            readToEnd(socket);
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        try (TestServer server = configured().start()) {
            HttpClient client = client();
            assertEquals(Version.HTTP_2, get(client, server, "/health/live").version());
            HttpResponse<String> refused =
                    post(client, server, "/next/1", BodyPublishers.ofByteArray(new byte[20_000]));
            assertEquals(413, refused.statusCode());
            assertEquals(0, server.events().size());
        }
    }

    /** Jetty upgrades requests without a length; what follows the head must not count as a request. */
    @Test
    void aBodyAfterTheHeadOfAnUpgradeIsNoRequest() throws Exception {
        try (TestServer server = configured().start();
                var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            String hidden = "GET /next_track?user=2 HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n" + hidden;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            readToEnd(socket);
            assertEquals(200, get(client(), server, "/next_track?user=1").statusCode());
            assertEquals(
                    List.of("1"),
                    server.events().stream()
                            .map(event -> event.listener().toString())
                            .toList());
        }
    }

    private static void readToEnd(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException reset) {
            return; // as good as an end
        }
    }

    private static void sendGet(Socket socket, String path) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(PREFACE);
        out.write(EMPTY_SETTINGS);
        byte[] end = {0x01, 9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't'}; // :authority
        int length = 2 + 2 + path.length() + end.length;
        out.write(new byte[] {0, 0, (byte) length, HEADERS, 0x05, 0, 0, 0, 1}); // ends the stream and its headers
        out.write(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length()}); // GET, http, :path
        out.write(path.getBytes(StandardCharsets.US_ASCII));
        out.write(end);
        out.flush();
    }

    /** Reads frames up to the first of a type on stream 1, and returns its payload. */
    private static byte[] frame(DataInputStream in, int type) throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int found = in.readUnsignedByte();
            byte[] flagsAndStream = in.readNBytes(5);
            byte[] payload = in.readNBytes(length);
            if (found == type) {
                assertEquals(1, flagsAndStream[4], "stream");
                return payload;
            }
        }
    }

    /** The first byte after the size of the dynamic table, which a server may send first. */
    private static byte firstField(byte[] head) {
        if ((head[0] & 0xE0) != 0x20) {
            return head[0];
        }
        int at = 1;
        if ((head[0] & 0x1F) == 0x1F) {
            while (head[at] < 0) { // a further byte of the size follows
                at++;
            }
            at++;
        }
        return head[at];
    }

    private static long count(List<CompletableFuture<HttpResponse<String>>> sent, int status) {
        return sent.stream()
                .filter(response -> response.isDone() && response.join().statusCode() == status)
                .count();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(Version.HTTP_2).build();
    }

    private static HttpResponse<String> get(HttpClient client, TestServer server, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient client, TestServer server, String path, BodyPublisher body)
            throws Exception {
        return client.send(request(server, path, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(TestServer server, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }
}
