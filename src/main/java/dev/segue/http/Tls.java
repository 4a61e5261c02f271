package dev.segue.http;

import dev.segue.config.TlsSettings;
import dev.segue.platform.OutOfMemory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the server's ports. While it is started, it loads the certificate again when the bytes of its files change; open connections keep
 * the earlier one. It compares bytes, because tools that renew certificates replace files, links or whole folders. Files that cannot be
 * used, such as a certificate whose key is not yet replaced, leave the earlier one in use.
 */
final class Tls extends AbstractLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration CHECKS = Duration.ofSeconds(2);

    private final TlsSettings settings;
    private final SslContextFactory.Server contexts = new SslContextFactory.Server();
    private Certificates current; // those of the last attempt to load them
    private @Nullable ScheduledExecutorService watch;

    private Tls(TlsSettings settings, Certificates certificates, KeyStore store) {
        this.settings = settings;
        current = certificates;
        contexts.setKeyStore(store);
        contexts.setKeyStorePassword(certificates.keyStorePassword());
        contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        contexts.setRenegotiationAllowed(false);
        contexts.setCipherComparator(HTTP2Cipher.COMPARATOR); // HTTP/2 forbids some cipher suites of TLS 1.2
        contexts.setUseCipherSuitesOrder(true);
    }

    /**
     * TLS with the certificate of the settings; null without one.
     *
     * @throws StartException if the certificate cannot be used
     */
    static @Nullable Tls of(TlsSettings settings) {
        if (!settings.isOn()) {
            return null;
        }
        try {
            var certificates = Certificates.read(settings);
            KeyStore store = certificates.keyStore();
            certificates.warnings(store, Instant.now()).forEach(LOG::warn);
            return new Tls(settings, certificates, store);
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(unusable);
        }
    }

    /** The error of a start whose certificate cannot be used. */
    static StartException unusable(Exception reason) {
        return new StartException("cannot use the certificate: " + reason.getMessage(), reason);
    }

    /** The protocols of a port: TLS, within it HTTP/2 and HTTP/1.1. */
    List<ConnectionFactory> protocols(BoundedHttp http) {
        var configuration = http.getHttpConfiguration();
        configuration.addCustomizer(
                new SecureRequestCustomizer(false)); // requests by address and by other names are served too
        var http2 = new HTTP2ServerConnectionFactory(configuration);
        var alpn = new ALPNServerConnectionFactory(http2.getProtocol(), http.getProtocol());
        alpn.setDefaultProtocol(http.getProtocol());
        return List.of(new BoundedTls(contexts, alpn.getProtocol(), http), alpn, http2, http);
    }

    @Override
    protected void doStart() {
        watch = Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "segue-certificates"));
        var unused = watch.scheduleWithFixedDelay(
                this::reloadChanged, CHECKS.toMillis(), CHECKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }

    /** Never throws, because a periodic task that throws is not repeated. */
    private void reloadChanged() {
        try {
            var found = Certificates.read(settings);
            if (!found.isSame(current)) {
                current = found;
                KeyStore store = found.keyStore();
                contexts.reload(factory -> {
                    factory.setKeyStore(store);
                    factory.setKeyStorePassword(found.keyStorePassword());
                });
                found.warnings(store, Instant.now()).forEach(LOG::warn);
                LOG.info("loaded the certificate again: {}", found.files().get(0));
            }
        } catch (IOException unreadable) {
            LOG.debug("cannot read the certificate", unreadable); // it is being replaced
        } catch (Throwable unusable) {
            OutOfMemory.check(unusable);
            LOG.error(
                    "cannot use the changed certificate, and continue with the earlier one: {}", unusable.getMessage());
        }
    }
}
