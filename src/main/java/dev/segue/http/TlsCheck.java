package dev.segue.http;

import dev.segue.config.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/** Reads the certificate of a configuration without a start of the server. */
public final class TlsCheck {

    private TlsCheck() {}

    /**
     * The warnings of a start about its certificates, such as that one has expired; none without TLS.
     *
     * @throws StartException if the certificate cannot be used
     */
    public static List<String> warnings(TlsSettings settings) {
        if (!settings.isOn()) {
            return List.of();
        }
        try {
            var certificates = Certificates.read(settings);
            return certificates.warnings(certificates.keyStore(), Instant.now());
        } catch (IOException | GeneralSecurityException unusable) {
            throw Tls.unusable(unusable);
        }
    }
}
