package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.config.TlsSettings;
import java.io.BufferedReader;
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
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The contents of the files of a certificate and its key.
 *
 * @param files the files with the certificate first
 * @param password of the key store or the encrypted key; absent if there is none
 */
record Certificates(List<Path> files, List<byte[]> contents, Optional<String> password) {

    private static final String ALIAS = "segue";

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
        Optional<String> password = settings.password();
        if (settings.passwordFile().isPresent()) {
            password = Optional.of(firstLine(settings.passwordFile().get()));
        }
        return new Certificates(files, contents, password);
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                throw new IOException(file + " has no password; write it in the first line");
            }
            return line;
        }
    }

    /** The password of the key store that is made of the files. */
    String keyStorePassword() {
        return password.orElse(""); // a key store in memory needs a password, even an empty one
    }

    /** Whether the files have the same bytes and the same password. */
    boolean isSame(Certificates other) {
        if (!password.equals(other.password)) {
            return false;
        }
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
            store.load(
                    new ByteArrayInputStream(contents.get(0)),
                    keyStorePassword().toCharArray());
        } catch (IOException malformed) {
            throw new KeyStoreException(
                    malformed.getCause() instanceof UnrecoverableKeyException
                            ? file + " cannot be opened: tls.password is not its password"
                            : file + " is no PKCS#12 file; make one with: openssl pkcs12 -export",
                    malformed);
        }
        if (served(store).isEmpty()) {
            throw new KeyStoreException(file + " has no private key; make it with: openssl pkcs12 -export");
        }
        return store;
    }

    /** The certificates of keys, each followed by those of its issuers. */
    private static List<X509Certificate> served(KeyStore store) throws KeyStoreException {
        List<X509Certificate> served = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                for (Certificate certificate : store.getCertificateChain(alias)) {
                    served.add((X509Certificate) certificate);
                }
            }
        }
        return served;
    }

    /**
     * The certificates of a key store that clients will refuse, one line each: those that have expired or are not valid yet.
     */
    List<String> warnings(KeyStore store, Instant now) throws KeyStoreException {
        List<String> warnings = new ArrayList<>();
        for (X509Certificate certificate : served(store)) {
            Instant end = certificate.getNotAfter().toInstant();
            Instant begin = certificate.getNotBefore().toInstant();
            String name = "the certificate of "
                    + certificate.getSubjectX500Principal().getName() + " in " + files.get(0);
            if (end.isBefore(now)) {
                warnings.add(name + " expired at " + end + ", and clients refuse it; renew it");
            } else if (begin.isAfter(now)) {
                warnings.add(name + " is not valid before " + begin + ", and clients refuse it; check the clock");
            }
        }
        return warnings;
    }

    private KeyStore fromPem(Path certificateFile, Path keyFile) throws GeneralSecurityException {
        Certificate[] chain = within(certificateFile, () -> PemCertificates.read(contents.get(0)));
        PublicKey certified = chain[0].getPublicKey();
        char[] keyPassword = password.map(String::toCharArray).orElse(null);
        PrivateKey key = within(keyFile, () -> new PemKey(certified, keyPassword).read(contents.get(1)));
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
        store.setKeyEntry(ALIAS, key, keyStorePassword().toCharArray(), chain);
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
