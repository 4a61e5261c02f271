package dev.segue.http;

import static dev.segue.http.TestCertificate.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS with HTTP/2 and HTTP/1.1. */
@Timeout(120)
class TlsTest {

    private static final String LISTEN = "{\"track\":0,\"time\":0.3}";

    @TempDir
    static Path certificates;

    @SuppressWarnings("NullAway.Init") // made once for all tests
    private static TestCertificate certificate;

    @SuppressWarnings("NullAway.Init")
    private static TestCertificate renewed;

    @SuppressWarnings("NullAway.Init")
    private static SSLContext trusting;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate = TestCertificate.make(certificates.resolve("first.p12"), "EC");
        renewed = TestCertificate.make(certificates.resolve("renewed.p12"), "RSA");
        trusting = TestCertificate.trusting(certificate, renewed);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void pemFilesServeBothVersions(Version version) throws Exception {
        try (TestServer server = withPem().start()) {
            assertServes(server, version);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aKeyStoreServesBothVersions(Version version) throws Exception {
        TestServer keyStore = TestServer.in(folder)
                .with("tls.keystore", renewed.keyStore.toString())
                .with("tls.password", PASSWORD);
        try (TestServer server = keyStore.start()) {
            assertServes(server, version);
        }
    }

    private static void assertServes(TestServer server, Version version) throws Exception {
        assertEquals("https", server.uri().getScheme());
        HttpResponse<String> next = post(client(version), server, "/next/1", BodyPublishers.ofString(LISTEN));
        assertEquals(200, next.statusCode(), next::body);
        assertEquals(version, next.version());
        assertEquals(1, server.events().size());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aBodyOfUnknownLengthIsRead(Version version) throws Exception {
        try (TestServer server = withPem().start()) {
            BodyPublisher body = BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(LISTEN.getBytes(StandardCharsets.US_ASCII)));
            assertEquals(200, post(client(version), server, "/next/1", body).statusCode());
            BodyPublisher tooLong = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[20_000]));
            assertEquals(413, post(client(version), server, "/next/1", tooLong).statusCode());
            assertEquals(1, server.events().size());
        }
    }

    @Test
    void aConnectionServesPipelinesAndBodiesInPieces() throws Exception {
        try (TestServer server = withPem().start();
                RawConnection connection = connect(server)) {
            String request =
                    "POST /next/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                            + LISTEN.length() + "\r\n\r\n" + LISTEN;
            connection.send(request + request + "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n" + request);
            for (int status : new int[] {200, 200, 404, 200}) {
                assertEquals(status, connection.reply().status());
            }
            for (String piece : request.split("(?<=[:,])", -1)) {
                connection.send(piece);
            }
            assertEquals(200, connection.reply().status());
            assertEquals(4, server.events().size());
            connection.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nExpect: nothing\r\n\r\n");
            assertEquals(417, connection.reply().status());
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void responsesWaitForTheLogAndBlockNoOthers(Version version) throws Exception {
        var disk = new StallingDisk();
        try (TestServer server = withPem().with(disk).start()) {
            HttpClient client = client(version);
            assertEquals(200, get(client, server, "/health/live").statusCode());
            disk.stall();
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int user = 0; user < 80; user++) { // more than there are threads
                waiting.add(client.sendAsync(
                        request(server, "/next/" + user, BodyPublishers.ofString(LISTEN)), BodyHandlers.ofString()));
            }
            server.awaitBacklog();
            assertEquals(200, get(client, server, "/health/live").statusCode());
            assertTrue(
                    waiting.stream().noneMatch(CompletableFuture::isDone), "no response before its event is written");
            disk.work();
            for (var response : waiting) {
                assertEquals(200, response.get(60, TimeUnit.SECONDS).statusCode());
            }
            assertEquals(80, server.events().size());
        }
    }

    @Test
    void requestsOfHttp2BeyondTheLimitOfConnectionsGet503() throws Exception {
        var disk = new StallingDisk();
        try (TestServer server =
                withPem().with(disk).with("server.max_connections", "16").start()) {
            HttpClient client = client(Version.HTTP_2);
            assertEquals(200, get(client, server, "/health/live").statusCode());
            disk.stall();
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int user = 0; user < 20; user++) {
                sent.add(client.sendAsync(
                        request(server, "/next/" + user, BodyPublishers.ofString(LISTEN)), BodyHandlers.ofString()));
            }
            Waiting.until("four requests are refused", () -> count(sent, 503) == 4);
            disk.work();
            Waiting.until("the others are served", () -> count(sent, 200) == 16);
            assertEquals(200, get(client, server, "/next_track?user=1").statusCode());
        }
    }

    private static long count(List<CompletableFuture<HttpResponse<String>>> sent, int status) {
        return sent.stream()
                .filter(response -> response.isDone() && response.join().statusCode() == status)
                .count();
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws Exception {
        try (TestServer server = withPem().with("server.max_connections", "16").start()) {
            List<RawConnection> open = new ArrayList<>();
            try {
                for (int i = 0; i < 16; i++) {
                    RawConnection connection = connect(server);
                    open.add(connection);
                    connection.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertEquals(200, connection.reply().status());
                }
                assertThrows(IOException.class, () -> connect(server));
            } finally {
                for (RawConnection connection : open) {
                    connection.close();
                }
            }
        }
    }

    @Test
    void clientsThatResetLeaveNoConnections() throws Exception {
        var disk = new StallingDisk();
        try (TestServer server =
                withPem().with(disk).with("server.health_port", "0").start()) {
            disk.stall();
            for (int user = 0; user < 20; user++) {
                RawConnection connection = connect(server);
                connection.send("POST /next/" + user
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + LISTEN.length() + "\r\n\r\n" + (user % 2 == 0 ? LISTEN : "{"));
                server.awaitBacklog();
                connection.reset();
            }
            disk.work();
            Waiting.until(
                    "no connection is open", () -> health(server, "/metrics").contains("segue_connections 0.0"));
        }
    }

    @Test
    void aHandshakeThatArrivesTooSlowlyIsEnded() throws Exception {
        try (TestServer server =
                        withPem().with("server.idle_timeout_seconds", "1").start();
                var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(20);
            socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0}); // the header of a record of 256 bytes
            assertEnds(socket);
        }
    }

    private static void assertEnds(Socket socket) {
        Waiting.until("the server ends the connection", () -> {
            try {
                socket.getOutputStream().write(1); // so that the connection is not idle
                return socket.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException open) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        });
    }

    @Test
    void plainHttpIsRefused() throws Exception {
        try (TestServer server = withPem().start();
                var connection = new RawConnection(server.uri())) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThrows(IOException.class, () -> refuseNull(connection.read()));
        }
    }

    private static void refuseNull(RawConnection.@Nullable Reply reply) throws IOException {
        if (reply == null) {
            throw new IOException("no response");
        }
    }

    @Test
    void theAdminPortSpeaksHttpsAndTheHealthPortHttp() throws Exception {
        try (TestServer server = withPem()
                .with("admin.port", "0")
                .with("server.health_port", "0")
                .start()) {
            URI admin = server.server().adminUri();
            assertEquals("https", admin.getScheme());
            var tracks = HttpRequest.newBuilder(admin.resolve("/admin/tracks")).build();
            assertEquals(
                    200,
                    client(Version.HTTP_2).send(tracks, BodyHandlers.ofString()).statusCode());
            assertTrue(health(server, "/health/live").contains("status"));
        }
    }

    @Test
    void aReplacedCertificateIsServedToNewConnections() throws Exception {
        try (TestServer server = withPem().start();
                RawConnection earlier = connect(server)) {
            assertEquals("EC", algorithm(server));
            Files.writeString(folder.resolve("certificate.pem"), renewed.pem()); // not the pair of the key
            Files.writeString(folder.resolve("key.pem"), "");
            Files.writeString(folder.resolve("key.pem"), renewed.keyPem());
            Waiting.until(
                    "the new certificate is served", () -> algorithm(server).equals("RSA"));
            earlier.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(200, earlier.reply().status());
        }
    }

    /** The algorithm of the key whose certificate the server sends. */
    private static String algorithm(TestServer server) throws Exception {
        try (SSLSocket socket = handshake(server)) {
            return socket.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
        }
    }

    @Test
    void aCertificateThatCannotBeUsedStopsTheStart() throws Exception {
        Path pem = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        certificate.writePem(folder);
        assertRefused(
                pem + " has no certificate; it begins with -----BEGIN CERTIFICATE-----", "", certificate.keyPem());
        assertRefused(
                pem + " is no PEM file of certificates; it begins with -----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                certificate.keyPem());
        assertRefused(
                key + " has no private key; it begins with -----BEGIN PRIVATE KEY-----", certificate.pem(), "hidden");
        assertRefused(
                key + " has an OPENSSH PRIVATE KEY; convert it with: openssl pkcs8 -topk8 -nodes -in KEY -out NEW_KEY",
                certificate.pem(),
                renewed.keyPem().replace("PRIVATE", "OPENSSH PRIVATE"));
        assertRefused(
                key + " has no readable key of the certificate's algorithm, EC; name the key of this certificate",
                certificate.pem(),
                renewed.keyPem());
        TestCertificate other = TestCertificate.make(folder.resolve("other.p12"), "EC");
        assertRefused(
                key + " is not the key of the first certificate of " + pem + "; name files of one pair",
                certificate.pem(),
                other.keyPem());
    }

    private void assertRefused(String message, String pem, String key) throws Exception {
        TestServer server = withPem();
        Files.writeString(folder.resolve("certificate.pem"), pem);
        Files.writeString(folder.resolve("key.pem"), key);
        var refused = assertThrows(StartException.class, server::start);
        assertEquals("cannot use the certificate: " + message, refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-password", PASSWORD})
    void aKeyStoreThatCannotBeUsedStopsTheStart(String password) throws Exception {
        Path file = password.equals(PASSWORD) ? Files.writeString(folder.resolve("x.p12"), "x") : certificate.keyStore;
        TestServer server =
                TestServer.in(folder).with("tls.keystore", file.toString()).with("tls.password", password);
        var refused = assertThrows(StartException.class, server::start);
        assertEquals(
                "cannot use the certificate: " + file
                        + (password.equals(PASSWORD)
                                ? " is no PKCS#12 file; make one with: openssl pkcs12 -export"
                                : " cannot be opened: tls.password is not its password"),
                refused.getMessage());
    }

    @Test
    void connectionsOfHttp2AreKeptBetweenRequests() throws Exception {
        try (TestServer server = withPem().start()) {
            HttpClient client = client(Version.HTTP_2);
            for (int i = 0; i < 5; i++) {
                assertEquals(200, get(client, server, "/next_track?user=" + i).statusCode());
            }
            String metrics = get(client, server, "/metrics").body();
            assertTrue(metrics.contains("segue_connections 1.0"), metrics);
            assertNotEquals(0, server.events().size());
        }
    }

    private TestServer withPem() throws Exception {
        certificate.writePem(folder);
        return TestServer.in(folder)
                .with("tls.certificate", folder.resolve("certificate.pem").toString())
                .with("tls.key", folder.resolve("key.pem").toString());
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().sslContext(trusting).version(version).build();
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

    private static String health(TestServer server, String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.server().healthPort().getAsInt() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static RawConnection connect(TestServer server) throws IOException {
        return new RawConnection(handshake(server));
    }

    private static SSLSocket handshake(TestServer server) throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory()
                .createSocket(server.uri().getHost(), server.uri().getPort());
        socket.startHandshake();
        return socket;
    }
}
