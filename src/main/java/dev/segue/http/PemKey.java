package dev.segue.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key from PEM: PKCS#8 (RFC 5958), also encrypted, PKCS#1 (RFC 8017) and SEC1 (RFC 5915). Java 17 reads PKCS#8 without PEM
 * alone, so the key of another format is put into PKCS#8, with the algorithm of the certificate. Messages have the remedy, and nothing of the
 * key.
 */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final byte INTEGER = 0x02;
    private static final byte OCTET_STRING = 0x04;
    private static final byte SEQUENCE = 0x30;

    private final PublicKey certified;
    private final char @Nullable [] password;

    /**
     * @param certified the public key of the key's certificate
     * @param password that of an encrypted key; null for none
     */
    PemKey(PublicKey certified, char @Nullable [] password) {
        this.certified = certified;
        this.password = password;
    }

    /**
     * The first private key of a file.
     *
     * @throws GeneralSecurityException if it has none of the certificate's algorithm that can be read
     */
    PrivateKey read(byte[] pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(new String(pem, ISO_8859_1));
        if (!block.find()) {
            throw new KeyStoreException("has no private key; it begins with -----BEGIN PRIVATE KEY-----");
        }
        String type = block.group(1);
        String content = block.group(2);
        if (content.contains("ENCRYPTED")) { // the header Proc-Type of RFC 1421
            throw new KeyStoreException("is encrypted in the former way of OpenSSL; convert it with:"
                    + " openssl pkcs8 -topk8 -in KEY -out NEW_KEY");
        }
        return switch (type) {
            case "PRIVATE KEY" -> key(decoded(content));
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> key(inPkcs8(decoded(content)));
            case "ENCRYPTED PRIVATE KEY" -> key(decrypted(decoded(content)));
            default ->
                throw new KeyStoreException(
                        "has an " + type + "; convert it with: openssl pkcs8 -topk8 -nodes -in KEY -out NEW_KEY");
        };
    }

    private byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw unreadable(malformed);
        }
    }

    private PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException malformed) {
            throw unreadable(malformed);
        }
    }

    private KeyStoreException unreadable(Exception cause) {
        return new KeyStoreException(
                "has no readable key of the certificate's algorithm, " + certified.getAlgorithm()
                        + "; name the key of this certificate",
                cause);
    }

    private byte[] decrypted(byte[] der) throws GeneralSecurityException {
        if (password == null) {
            throw new KeyStoreException(
                    "is encrypted; name a file with its password in tls.password_file, or set SEGUE_TLS_PASSWORD");
        }
        try {
            return decrypted(new EncryptedPrivateKeyInfo(der), password);
        } catch (IOException
                | NoSuchAlgorithmException
                | NoSuchPaddingException
                | InvalidAlgorithmParameterException unknown) {
            throw new KeyStoreException(
                    "is damaged, or encrypted by an algorithm that Java lacks; convert it with:"
                            + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW_KEY",
                    unknown);
        } catch (GeneralSecurityException wrongPassword) {
            throw new KeyStoreException("cannot be decrypted: tls.password is not its password", wrongPassword);
        }
    }

    private static byte[] decrypted(EncryptedPrivateKeyInfo encrypted, char[] password)
            throws GeneralSecurityException {
        AlgorithmParameters parameters = encrypted.getAlgParameters();
        if (parameters == null) {
            throw new NoSuchAlgorithmException(encrypted.getAlgName());
        }
        String described = parameters.toString(); // that of PBES2 is the name of its algorithm
        String algorithm = described.startsWith("PBEWith") ? described : encrypted.getAlgName();
        SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        return encrypted.getKeySpec(cipher).getEncoded();
    }

    /** PrivateKeyInfo: version 0, the algorithm, and the key in its own format. */
    private byte[] inPkcs8(byte[] key) {
        return der(SEQUENCE, der(INTEGER, new byte[1]), algorithm(), der(OCTET_STRING, key));
    }

    /** The first element of the certificate's SubjectPublicKeyInfo. */
    private byte[] algorithm() {
        byte[] info = certified.getEncoded();
        int begin = contentOffset(info, 0);
        int content = contentOffset(info, begin);
        int end = content + info[begin + 1]; // shorter than 128 bytes for all algorithms whose keys have these formats
        return Arrays.copyOfRange(info, begin, end);
    }

    private static int contentOffset(byte[] der, int element) {
        int length = der[element + 1];
        return element
                + 2
                + (length < 0 ? length & 0x7f : 0); // above 127, the low bits are the number of bytes of the length
    }

    private static byte[] der(byte tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length > 0xff) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length > 0x7f) {
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
