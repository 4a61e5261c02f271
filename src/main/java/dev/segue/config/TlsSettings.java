package dev.segue.config;

import static dev.segue.config.Setting.TLS_CERTIFICATE;
import static dev.segue.config.Setting.TLS_KEY;
import static dev.segue.config.Setting.TLS_KEYSTORE;
import static dev.segue.config.Setting.TLS_PASSWORD;
import static dev.segue.config.Setting.TLS_PASSWORD_FILE;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificate of HTTPS: two PEM files or a PKCS#12 file; nothing for HTTP. {@link Setting} describes each setting.
 *
 * @param certificate present together with the key
 * @param keystore present together with its password or the file of it
 * @param password that of the key store or of an encrypted key
 */
public record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> keystore,
        Optional<String> password,
        Optional<Path> passwordFile) {

    /**
     * Throws {@link IllegalArgumentException}, its message beginning with the key, unless the settings name one certificate with its
     * key, or none.
     */
    void requireComplete() {
        requireBoth(TLS_CERTIFICATE, certificate, TLS_KEY, key);
        if (certificate.isPresent() && keystore.isPresent()) {
            throw isSetToo(TLS_KEYSTORE, TLS_CERTIFICATE);
        }
        if (password.isPresent() && passwordFile.isPresent()) {
            throw isSetToo(TLS_PASSWORD_FILE, TLS_PASSWORD);
        }
        boolean hasPassword = password.isPresent() || passwordFile.isPresent();
        if (keystore.isPresent() && !hasPassword) {
            throw hasNoEffect(TLS_KEYSTORE, TLS_PASSWORD_FILE.key() + " or " + TLS_PASSWORD.key());
        }
        if (hasPassword && !isOn()) {
            throw hasNoEffect(
                    password.isPresent() ? TLS_PASSWORD : TLS_PASSWORD_FILE,
                    TLS_KEYSTORE.key() + " or " + TLS_KEY.key());
        }
    }

    private static void requireBoth(Setting one, Optional<?> given, Setting other, Optional<?> otherGiven) {
        if (given.isPresent() != otherGiven.isPresent()) {
            throw given.isPresent() ? hasNoEffect(one, other.key()) : hasNoEffect(other, one.key());
        }
    }

    private static IllegalArgumentException hasNoEffect(Setting set, String missing) {
        return new IllegalArgumentException(
                set.key() + ": has no effect without " + missing + "; set both or leave it out");
    }

    private static IllegalArgumentException isSetToo(Setting one, Setting other) {
        return new IllegalArgumentException(one.key() + ": " + other.key() + " is set too; leave one of them out");
    }

    static TlsSettings read(LayeredSettings given) {
        return new TlsSettings(
                file(given, TLS_CERTIFICATE),
                file(given, TLS_KEY),
                file(given, TLS_KEYSTORE),
                given.optionalSecret(TLS_PASSWORD),
                file(given, TLS_PASSWORD_FILE));
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
