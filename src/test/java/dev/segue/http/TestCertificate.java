package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
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
        return make(keyStore, algorithm, "-validity", "3650");
    }

    /** A certificate that has expired. */
    static TestCertificate expired(Path keyStore) throws Exception {
        return make(keyStore, "EC", "-startdate", "-10d", "-validity", "5");
    }

    private static TestCertificate make(Path keyStore, String algorithm, String... validity) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(validity));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        assertEquals(0, keytool.waitFor(), output);
        KeyStore entries = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            entries.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(keyStore, entries);
    }

    /** The end of its validity. */
    Instant end() {
        return ((X509Certificate) certificate).getNotAfter().toInstant();
    }

    /** A PKCS#12 file of it with another password. */
    byte[] withPassword(String password) throws Exception {
        KeyStore entries = KeyStore.getInstance("PKCS12");
        entries.load(null, null);
        entries.setKeyEntry(ALIAS, key, password.toCharArray(), new Certificate[] {certificate});
        var bytes = new ByteArrayOutputStream();
        entries.store(bytes, password.toCharArray());
        return bytes.toByteArray();
    }

    String pem() throws Exception {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The key in the format of its algorithm: PKCS#1 or SEC1. */
    String ownFormatPem() {
        byte[] pkcs8 = key.getEncoded(); // SEQUENCE: INTEGER 0, SEQUENCE algorithm, OCTET STRING key
        int algorithm = content(pkcs8, 0) + 3;
        int octets = content(pkcs8, algorithm) + pkcs8[algorithm + 1];
        return pem(
                key.getAlgorithm() + " PRIVATE KEY", Arrays.copyOfRange(pkcs8, content(pkcs8, octets), pkcs8.length));
    }

    private static int content(byte[] der, int element) {
        int length = der[element + 1];
        return element + 2 + (length < 0 ? length & 0x7f : 0);
    }

    /** The key in encrypted PKCS#8; its password is {@link #PASSWORD}. */
    String encryptedPem(String algorithm) throws Exception {
        SecretKey secret =
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        byte[] encrypted = cipher.doFinal(key.getEncoded());
        AlgorithmParameters parameters = cipher.getParameters();
        if (algorithm.startsWith("PBEWithHmac")) { // Java 17 encodes them by this name alone
            parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
        }
        return pem("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded());
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
