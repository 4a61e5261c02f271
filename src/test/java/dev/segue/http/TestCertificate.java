package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate of localhost with its key, which keytool makes. */
final class TestCertificate {

    static final String PASSWORD = "a-password";

    private static final String ALIAS = "test";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    /** A PKCS#12 file. */
    final Path keyStore;

    private final Certificate certificate;
    private final Key key;

    private TestCertificate(Path keyStore, KeyStore entries) throws Exception {
        this.keyStore = keyStore;
        certificate = entries.getCertificate(ALIAS);
        key = entries.getKey(ALIAS, PASSWORD.toCharArray());
    }

    /** @param algorithm a name of keytool's, such as EC */
    static TestCertificate make(Path keyStore, String algorithm) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        assertEquals(0, keytool.waitFor(), output);
        KeyStore entries = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            entries.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(keyStore, entries);
    }

    String pem() throws Exception {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** Writes {@code certificate.pem} and {@code key.pem} to a folder. */
    void writePem(Path folder) throws Exception {
        Files.writeString(folder.resolve("certificate.pem"), pem());
        Files.writeString(folder.resolve("key.pem"), keyPem());
    }

    /** A client's context, which trusts some certificates alone. */
    static SSLContext trusting(TestCertificate... trusted) throws Exception {
        KeyStore entries = KeyStore.getInstance("PKCS12");
        entries.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            entries.setCertificateEntry("trusted" + i, trusted[i].certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(entries);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
