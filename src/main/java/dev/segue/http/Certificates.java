package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.config.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The contents of the files of a certificate and its key.
 *
 * @param files the files with the certificate first
 * @param password of the key store that is made of them
 */
record Certificates(List<Path> files, List<byte[]> contents, String password) {

    private static final String ALIAS = "segue";

    /** A key store in memory needs a password, even an empty one. */
    private static final String IN_MEMORY = "";

    /** @throws IOException if a file cannot be read; the message has the file */
    static Certificates read(TlsSettings settings) throws IOException {
        List<Path> files = new ArrayList<>();
        settings.certificate().ifPresent(files::add);
        settings.key().ifPresent(files::add);
        settings.keystore().ifPresent(files::add);
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        return new Certificates(files, contents, settings.keystorePassword().orElse(IN_MEMORY));
    }

    /** Whether the files have the same bytes. */
    boolean isSame(Certificates other) {
        for (int i = 0; i < contents.size(); i++) {
            if (!Arrays.equals(contents.get(i), other.contents.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * A key store of the certificate and its key.
     *
     * @throws GeneralSecurityException if there is none, or the key is that of another certificate; the message has the file and the
     *     remedy
     */
    KeyStore keyStore() throws GeneralSecurityException {
        return files.size() == 1 ? fromKeyStore(files.get(0)) : fromPem(files.get(0), files.get(1));
    }

    private KeyStore fromKeyStore(Path file) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(contents.get(0)), password.toCharArray());
        } catch (IOException malformed) {
            throw new KeyStoreException(
                    file + " is no PKCS#12 file, or tls.keystore_password is not its password", malformed);
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return store;
            }
        }
        throw new KeyStoreException(file + " has no private key; make it with: openssl pkcs12 -export");
    }

    private KeyStore fromPem(Path certificateFile, Path keyFile) throws GeneralSecurityException {
        Certificate[] chain = within(certificateFile, () -> PemFiles.certificates(contents.get(0)));
        PublicKey certified = chain[0].getPublicKey();
        PrivateKey key = within(keyFile, () -> PemFiles.key(contents.get(1), certified));
        if (!areAPair(key, certified)) {
            throw new KeyStoreException(keyFile + " is not the key of the first certificate of " + certificateFile
                    + "; name files of one pair");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new KeyStoreException(impossible);
        }
        store.setKeyEntry(ALIAS, key, password.toCharArray(), chain);
        return store;
    }

    /** Reads a part of a file. */
    @FunctionalInterface
    private interface Part<T> {
        T read() throws GeneralSecurityException;
    }

    private static <T> T within(Path file, Part<T> part) throws GeneralSecurityException {
        try {
            return part.read();
        } catch (GeneralSecurityException unusable) {
            throw new KeyStoreException(file + " " + unusable.getMessage(), unusable);
        }
    }

    private static boolean areAPair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm(); // those of Edwards curves are named like their keys
        };
        byte[] signed = ALIAS.getBytes(UTF_8);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(signed);
        byte[] signatureBytes = signature.sign();
        signature.initVerify(certified);
        signature.update(signed);
        return signature.verify(signatureBytes);
    }
}
