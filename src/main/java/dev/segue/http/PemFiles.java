package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM. Java 17 reads the certificates, but no keys. */
final class PemFiles {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*)-----END \\1-----", Pattern.CASE_INSENSITIVE);

    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private PemFiles() {}

    /**
     * The certificates of a file, in its order.
     *
     * @throws GeneralSecurityException if it has none; the message has the remedy
     */
    static Certificate[] certificates(byte[] pem) throws GeneralSecurityException {
        Certificate[] certificates;
        try {
            certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(Certificate[]::new);
        } catch (CertificateException malformed) {
            throw new CertificateException(
                    "is no PEM file of certificates; it begins with -----BEGIN CERTIFICATE-----", malformed);
        }
        if (certificates.length == 0) {
            throw new CertificateException("has no certificate; it begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /**
     * The private key of a file.
     *
     * @param certified the public key of its certificate
     * @throws GeneralSecurityException if it has none of this algorithm; the message has the remedy and nothing of the key
     */
    static PrivateKey key(byte[] pem, PublicKey certified) throws GeneralSecurityException {
        Matcher blocks = BLOCK.matcher(new String(pem, ISO_8859_1));
        String other = "";
        while (blocks.find()) {
            String type = blocks.group(1);
            if (type.equals(PRIVATE_KEY)) {
                return key(blocks.group(2), certified.getAlgorithm());
            }
            if (type.endsWith(PRIVATE_KEY)) {
                other = type;
            }
        }
        throw new KeyStoreException(
                other.isEmpty()
                        ? "has no private key; it begins with -----BEGIN PRIVATE KEY-----"
                        : "has an " + other + "; convert it with: openssl pkcs8 -topk8 -nodes -in KEY -out NEW_KEY");
    }

    private static PrivateKey key(String base64, String algorithm) throws GeneralSecurityException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new KeyStoreException(
                    "has no readable key of the certificate's algorithm, " + algorithm
                            + "; name the key of this certificate",
                    malformed);
        }
    }
}
