package dev.segue.http;

import static dev.segue.http.TestCertificate.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.segue.Waiting;
import dev.segue.config.Configuration;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The formats of private keys. Each test of a format makes a connection of TLS. */
@Timeout(120)
class TlsKeyTest {

    private static final String AES = "PBEWithHmacSHA256AndAES_256";

    @TempDir
    static Path certificates;

    @SuppressWarnings("NullAway.Init") // made once for all tests
    private static TestCertificate rsa;

    @SuppressWarnings("NullAway.Init")
    private static TestCertificate ec;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path key;

    @BeforeAll
    static void makeCertificates() throws Exception {
        rsa = TestCertificate.make(certificates.resolve("rsa.p12"), "RSA");
        ec = TestCertificate.make(certificates.resolve("ec.p12"), "EC");
    }

    @BeforeEach
    void nameKey() {
        key = folder.resolve("key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aKeyInTheFormatOfItsAlgorithmServes(String algorithm) throws Exception {
        TestCertificate certificate = certificate(algorithm);
        Files.writeString(key, certificate.ownFormatPem());
        assertServes(server(certificate), certificate);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, PBEWithHmacSHA256AndAES_256",
        "EC, PBEWithHmacSHA256AndAES_256",
        "EC, PBEWithHmacSHA1AndAES_128",
        "EC, PBEWithSHA1AndDESede",
        "EC, PBEWithMD5AndDES"
    })
    void anEncryptedKeyServes(String algorithm, String encryption) throws Exception {
        TestCertificate certificate = certificate(algorithm);
        Files.writeString(key, certificate.encryptedPem(encryption));
        assertServes(server(certificate).with("tls.password", PASSWORD), certificate);
    }

    @Test
    void thePasswordOfAKeyMayBeInAFile() throws Exception {
        Files.writeString(key, ec.encryptedPem(AES));
        assertServes(withPasswordFile(PASSWORD + "\n"), ec);
    }

    @Test
    void thePasswordOfAKeyStoreMayBeInAFile() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        TestServer server = TestServer.in(folder)
                .with("tls.keystore", ec.keyStore.toString())
                .with("tls.password_file", password.toString());
        assertServes(server, ec);
    }

    @Test
    void aRenewedKeyWithAnotherPasswordIsServed() throws Exception {
        Path store = folder.resolve("store.p12");
        Files.copy(ec.keyStore, store);
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        TestServer unstarted = TestServer.in(folder)
                .with("tls.keystore", store.toString())
                .with("tls.password_file", password.toString());
        try (TestServer server = unstarted.start()) {
            assertEquals(200, get(server, ec).statusCode());
            Files.write(store, rsa.withPassword("another-password"));
            Files.writeString(password, "another-password");
            Waiting.until("the new certificate is served", () -> isServed(server, rsa));
        }
    }

    private static boolean isServed(TestServer server, TestCertificate certificate) throws Exception {
        try {
            return get(server, certificate).statusCode() == 200;
        } catch (IOException untrusted) {
            return false;
        }
    }

    /** Each line is a command that writes the key {@code plain.pem} in another format. */
    @ParameterizedTest
    @CsvSource({
        "RSA, rsa -in plain.pem -traditional -out key.pem",
        "EC, ec -in plain.pem -out key.pem",
        "RSA, pkcs8 -topk8 -in plain.pem -passout pass:a-password -out key.pem",
        "EC, pkcs8 -topk8 -in plain.pem -passout pass:a-password -v2 aes-128-cbc -v2prf hmacWithSHA512 -out key.pem"
    })
    void keysOfOpensslServe(String algorithm, String command) throws Exception {
        TestCertificate certificate = certificate(algorithm);
        openssl(certificate, command);
        assertServes(server(certificate).with("tls.password", PASSWORD), certificate);
    }

    @Test
    void aKeyThatIsEncryptedInTheFormerWayIsRefused() throws Exception {
        openssl(rsa, "rsa -in plain.pem -traditional -aes256 -passout pass:a-password -out key.pem");
        assertRefused(
                "is encrypted in the former way of OpenSSL; convert it with: openssl pkcs8 -topk8 -in KEY -out NEW_KEY",
                server(rsa).with("tls.password", PASSWORD));
    }

    @Test
    void anEncryptionThatJavaLacksIsRefused() throws Exception {
        openssl(ec, "pkcs8 -topk8 -in plain.pem -passout pass:a-password -scrypt -out key.pem");
        assertRefused(
                "is damaged, or encrypted by an algorithm that Java lacks; convert it with:"
                        + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW_KEY",
                server(ec).with("tls.password", PASSWORD));
    }

    @Test
    void anEncryptedKeyWithoutItsPasswordIsRefused() throws Exception {
        Files.writeString(key, ec.encryptedPem(AES));
        assertRefused(
                "is encrypted; name a file with its password in tls.password_file, or set SEGUE_TLS_PASSWORD",
                server(ec));
        for (String wrong : List.of("wrong", PASSWORD + " ", PASSWORD.toUpperCase(Locale.ROOT))) {
            assertRefused(
                    "cannot be decrypted: tls.password is not its password",
                    server(ec).with("tls.password", wrong));
        }
    }

    @Test
    void aPasswordFileWithoutAPasswordIsRefused() throws Exception {
        Files.writeString(key, ec.encryptedPem(AES));
        TestServer server = withPasswordFile("\n");
        var refused = assertThrows(StartException.class, server::start);
        assertEquals(
                "cannot use the certificate: " + folder.resolve("password")
                        + " has no password; write it in the first line",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void theKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
        TestCertificate other = TestCertificate.make(folder.resolve("other.p12"), algorithm);
        Files.writeString(key, other.ownFormatPem());
        assertRefused(
                "is not the key of the first certificate of " + folder.resolve("certificate.pem")
                        + "; name files of one pair",
                server(certificate(algorithm)));
        Files.writeString(
                key, certificate(algorithm.equals("EC") ? "RSA" : "EC").ownFormatPem());
        assertRefused(
                "has no readable key of the certificate's algorithm, " + algorithm
                        + "; name the key of this certificate",
                server(certificate(algorithm)));
    }

    @Test
    void anExpiredCertificateServesWithAWarning() throws Exception {
        TestCertificate expired = TestCertificate.expired(folder.resolve("expired.p12"));
        var messages = new ListAppender<ILoggingEvent>();
        messages.start();
        var log = (Logger) LoggerFactory.getLogger(Tls.class);
        log.addAppender(messages);
        try {
            Files.writeString(key, expired.keyPem());
            assertServes(server(expired), expired);
        } finally {
            log.detachAppender(messages);
        }
        List<String> warnings = List.of("the certificate of CN=localhost in " + folder.resolve("certificate.pem")
                + " expired at " + expired.end() + ", and clients refuse it; renew it");
        assertEquals(
                warnings,
                messages.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        Map<String, String> settings =
                Map.of("tls.certificate", "" + folder.resolve("certificate.pem"), "tls.key", "" + key);
        assertEquals(
                warnings,
                TlsCheck.warnings(Configuration.load(folder.resolve("config.json"), Map.of(), settings)
                        .tls()));
    }

    private static TestCertificate certificate(String algorithm) {
        return algorithm.equals("EC") ? ec : rsa;
    }

    /** A server with the certificate and the file {@code key.pem}. */
    private TestServer server(TestCertificate certificate) throws Exception {
        Path pem = Files.writeString(folder.resolve("certificate.pem"), certificate.pem());
        return TestServer.in(folder).with("tls.certificate", pem.toString()).with("tls.key", key.toString());
    }

    private TestServer withPasswordFile(String content) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), content);
        return server(ec).with("tls.password_file", password.toString());
    }

    private static void assertServes(TestServer unstarted, TestCertificate certificate) throws Exception {
        try (TestServer server = unstarted.start()) {
            assertEquals(200, get(server, certificate).statusCode());
        }
    }

    private static HttpResponse<String> get(TestServer server, TestCertificate trusted) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(trusted))
                .build();
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve("/health/live")).build(), BodyHandlers.ofString());
    }

    private void assertRefused(String message, TestServer server) {
        var refused = assertThrows(StartException.class, server::start);
        assertEquals("cannot use the certificate: " + key + " " + message, refused.getMessage());
    }

    private void openssl(TestCertificate certificate, String command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        Files.writeString(folder.resolve("plain.pem"), certificate.keyPem());
        Process process = new ProcessBuilder(("/usr/bin/openssl " + command).split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
