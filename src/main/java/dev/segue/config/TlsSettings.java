package dev.segue.config;

import static dev.segue.config.Setting.TLS_CERTIFICATE;
import static dev.segue.config.Setting.TLS_KEY;
import static dev.segue.config.Setting.TLS_KEYSTORE;
import static dev.segue.config.Setting.TLS_KEYSTORE_PASSWORD;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificate of HTTPS: two PEM files or a PKCS#12 file; nothing for HTTP. {@link Setting} describes each setting.
 *
 * @param certificate present together with the key
 * @param keystore present together with its password
 */
public record TlsSettings(
        Optional<Path> certificate, Optional<Path> key, Optional<Path> keystore, Optional<String> keystorePassword) {

    /**
     * Throws {@link IllegalArgumentException}, its message beginning with the key, unless the settings name one certificate with its
     * key, or none.
     */
    void requireComplete() {
        requireBoth(TLS_CERTIFICATE, certificate, TLS_KEY, key);
        requireBoth(TLS_KEYSTORE, keystore, TLS_KEYSTORE_PASSWORD, keystorePassword);
        if (certificate.isPresent() && keystore.isPresent()) {
            throw new IllegalArgumentException(
                    TLS_KEYSTORE.key() + ": " + TLS_CERTIFICATE.key() + " is set too; leave one of them out");
        }
    }

    private static void requireBoth(Setting one, Optional<?> given, Setting other, Optional<?> otherGiven) {
        if (given.isPresent() != otherGiven.isPresent()) {
            Setting set = given.isPresent() ? one : other;
            Setting missing = given.isPresent() ? other : one;
            throw new IllegalArgumentException(
                    set.key() + ": has no effect without " + missing.key() + "; set both or leave it out");
        }
    }

    static TlsSettings read(LayeredSettings given) {
        return new TlsSettings(
                file(given, TLS_CERTIFICATE),
                file(given, TLS_KEY),
                file(given, TLS_KEYSTORE),
                given.optionalSecret(TLS_KEYSTORE_PASSWORD));
    }

    /** Present if it is set, so that a file with a mistake does not count as one that is not set. */
    private static Optional<Path> file(LayeredSettings given, Setting setting) {
        Optional<Path> existing = given.existingFile(setting);
        return existing.isEmpty() && given.has(setting) ? Optional.of(Path.of("")) : existing;
    }

    /** Whether the server speaks HTTPS. */
    public boolean isOn() {
        return certificate.isPresent() || keystore.isPresent();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "TlsSettings[certificate=" + certificate + ", key=" + key + ", keystore=" + keystore + "]";
    }
}
