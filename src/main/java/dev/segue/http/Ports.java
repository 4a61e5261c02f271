package dev.segue.http;

import dev.segue.config.AdminSettings;
import dev.segue.config.Configuration;
import dev.segue.config.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty with the ports of the server: the main one, and those for health and for administration where they are configured. */
final class Ports {

    /** Length of the accept queue. Connections beyond it are dropped; clients retry the SYN after a second. The system may allow fewer. */
    private static final int CONNECTIONS_TO_ACCEPT = 4096;

    /**
     * Jetty pads its queues by cache lines. It would get the number of references in one from the platform's MBean server,
     * which loads hundreds of classes.
     */
    private static final String REFERENCES_PER_CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    static {
        if (System.getProperty(REFERENCES_PER_CACHE_LINE) == null) {
            System.setProperty(REFERENCES_PER_CACHE_LINE, "16"); // 64 bytes, compressed references
        }
    }

    private final Server jetty;
    private final int maxConnections;
    private final BoundedHttp http;
    private final SelectorConnector main;
    private final @Nullable HealthPort health;
    private final @Nullable AdminPort admin;

    /** @throws StartException if the certificate cannot be used */
    Ports(Configuration configuration) {
        ServerSettings settings = configuration.server();
        var threads = new QueuedThreadPool(settings.maxThreads());
        threads.setName("segue-http");
        jetty = new Server(threads, null, new SingleUseBuffers(new ArrayByteBufferPool()));
        jetty.setStopTimeout(settings.stopTimeoutMs());
        maxConnections = BoundedHttp.limit(settings);
        http = new BoundedHttp(maxConnections);
        Tls tls = Tls.of(configuration.tls());
        jetty.addBean(tls);
        main = mainPort(settings, tls);
        health = healthPort(settings);
        admin = adminPort(configuration, tls);
        if (configuration.access().forwarded()) {
            all().forEach(Ports::believeProxies);
        }
    }

    private SelectorConnector mainPort(ServerSettings settings, @Nullable Tls tls) {
        var port = new SelectorConnector(jetty, settings.selectors(), http, tls);
        port.setHost(settings.host());
        port.setPort(settings.port());
        port.setAcceptQueueSize(CONNECTIONS_TO_ACCEPT);
        port.setIdleTimeout(TimeUnit.SECONDS.toMillis(settings.idleTimeoutSeconds()));
        port.setShutdownIdleTimeout(Math.min(port.getShutdownIdleTimeout(), settings.stopTimeoutMs()));
        jetty.addConnector(port);
        jetty.addBean(http.hardLimit(port));
        return port;
    }

    private @Nullable HealthPort healthPort(ServerSettings settings) {
        return settings.healthPort().isEmpty()
                ? null
                : new HealthPort(jetty, settings.host(), settings.healthPort().getAsInt(), main.getIdleTimeout());
    }

    private @Nullable AdminPort adminPort(Configuration configuration, @Nullable Tls tls) {
        AdminSettings settings = configuration.admin();
        return settings.port().isEmpty()
                ? null
                : new AdminPort(
                        jetty,
                        main,
                        configuration.adminHost(),
                        settings.port().getAsInt(),
                        main.getIdleTimeout(),
                        tls);
    }

    /** Makes requests have the host, scheme and client address that a proxy's headers state. */
    private static void believeProxies(ServerConnector port) {
        port.getConnectionFactories().stream()
                .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
                .distinct()
                .forEach(protocol -> protocol.getCustomizers()
                        .add(0, new ForwardedRequestCustomizer())); // before the checks of the URI
    }

    /** Loads classes of Jetty that a start needs. */
    static void loadClasses() {
        new ServletContextHandler().addServlet(new ServletHolder(), "/");
        var unused = new ServerConnector(new Server(), new BoundedHttp(1));
    }

    /** Jetty, which has no handler yet. */
    Server jetty() {
        return jetty;
    }

    List<ServerConnector> all() {
        return Stream.of(jetty.getConnectors()).map(ServerConnector.class::cast).toList();
    }

    SelectorConnector main() {
        return main;
    }

    /** The port for administration; null if there is none. */
    @Nullable
    AdminPort admin() {
        return admin;
    }

    /** The maximum number of connections of the main port. */
    int maxConnections() {
        return maxConnections;
    }

    /** Adds the metrics of the main port's connections. */
    void register(ServerMetrics metrics) {
        metrics.registerConnections(main, http::refused);
    }

    /**
     * Opens the ports, and has their requests handled from now on.
     *
     * @throws StartException if a port cannot be opened
     */
    void start(Handler handler) {
        jetty.setHandler(health == null ? handler : health.guard(handler));
        all().forEach(this::open);
        try {
            jetty.start();
        } catch (Exception failed) {
            throw new StartException("cannot start the HTTP server: " + failed.getMessage(), failed);
        }
    }

    /** Opens one port. If Jetty opened them all, its exception would not have the port that cannot be opened. */
    private void open(ServerConnector port) {
        try {
            port.open();
        } catch (IOException refused) {
            all().forEach(ServerConnector::close);
            throw StartException.cannotListen(port.getHost(), port.getPort(), refused);
        }
    }

    /** The address that the main port listens on. */
    URI uri() {
        return ListeningAddress.of(main);
    }

    /** The address for administration: that of the main port, or that of a port of its own. */
    URI adminUri() {
        return admin == null ? uri() : admin.uri();
    }

    /** The port for health and metrics; absent if there is none. */
    OptionalInt healthPort() {
        return health == null ? OptionalInt.empty() : OptionalInt.of(health.port());
    }
}
