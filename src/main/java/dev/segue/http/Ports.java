package dev.segue.http;

import dev.segue.config.AccessLogSettings;
import dev.segue.config.AdminSettings;
import dev.segue.config.Configuration;
import dev.segue.config.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty with the ports of the server: the main one, and those for health and for administration where they are configured.
 *
 * <p>The port for health, or the main one if there is none, opens before the server loads its files, and has {@link StartingHandler}'s
 * responses until the server is ready. The others open then, so that a load balancer which looks at connections alone sends no request
 * before.
 */
final class Ports {

    /** Length of the accept queue. Connections beyond it are dropped; clients retry the SYN after a second. The system may allow fewer. */
    private static final int CONNECTIONS_TO_ACCEPT = 4096;

    static {
        StartPreparation.configureJetty();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    private final Server jetty;
    private final int maxConnections;
    private final int maxRequests;
    private final BodySizes sizes;
    private final ProblemErrorHandler problems;
    private final StartingHandler starting;
    private final AccessLogSettings accessLogSettings;
    private @Nullable AccessLog accessLog;
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
        maxRequests = BoundedHttp.maxRequests(settings, maxConnections);
        sizes = new BodySizes(settings.maxBodyBytes());
        problems = new ProblemErrorHandler(sizes);
        jetty.setErrorHandler(problems);
        starting = new StartingHandler(sizes, Duration.ofSeconds(settings.idleTimeoutSeconds()));
        accessLogSettings = configuration.accessLog();
        http = new BoundedHttp(maxConnections);
        Tls tls = Tls.of(configuration.tls());
        jetty.addBean(tls);
        main = mainPort(settings, tls);
        health = healthPort(settings);
        admin = adminPort(configuration, tls);
        jetty.setHandler(health == null ? starting : health.guard(starting));
        if (configuration.access().forwarded()) {
            all().forEach(SelectorConnector::useProxyHeaders);
        }
    }

    private SelectorConnector mainPort(ServerSettings settings, @Nullable Tls tls) {
        var port = new SelectorConnector(jetty, PortKind.MAIN, settings.selectors(), http, protocols(settings, tls));
        port.setHost(settings.host());
        port.setPort(settings.port());
        port.setAcceptQueueSize(CONNECTIONS_TO_ACCEPT);
        port.setIdleTimeout(TimeUnit.SECONDS.toMillis(settings.idleTimeoutSeconds()));
        port.setShutdownIdleTimeout(Math.min(port.getShutdownIdleTimeout(), settings.stopTimeoutMs()));
        jetty.addBean(http.hardLimit(port));
        return port;
    }

    private List<ConnectionFactory> protocols(ServerSettings settings, @Nullable Tls tls) {
        if (tls != null) {
            return tls.protocols(http);
        }
        return settings.h2c()
                ? List.of(http, new HTTP2CServerConnectionFactory(http.getHttpConfiguration()))
                : List.of(http);
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
                        jetty, main, configuration.adminHost(), settings.port().getAsInt(), main.getIdleTimeout(), tls);
    }

    List<SelectorConnector> all() {
        List<SelectorConnector> all = new ArrayList<>();
        all.add(main);
        if (health != null) {
            all.add(health.connector());
        }
        if (admin != null) {
            all.add(admin.connector());
        }
        return all;
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

    /** The maximum number of requests in progress on the main port. */
    int maxRequests() {
        return maxRequests;
    }

    /** The longest bodies accepted. */
    BodySizes sizes() {
        return sizes;
    }

    /** Makes problem documents of the errors that Jetty finds. */
    ProblemErrorHandler problems() {
        return problems;
    }

    /** Adds the metrics of the main port's connections, of refusals and of the access log. */
    void register(ServerMetrics metrics) {
        metrics.registerConnections(main, http::refused);
        metrics.registerAccessLog(accessLog == null ? () -> 0 : accessLog::dropped);
        problems.countBy(metrics::refused);
        all().forEach(port -> port.countRefusalsBy(metrics::refused));
    }

    /**
     * Opens the port that tells that the process is live.
     *
     * @throws StartException if the port cannot be opened
     * @throws dev.segue.file.FileException if the access log cannot be written
     */
    void openFirst() {
        SelectorConnector first = health == null ? main : health.connector();
        open(first);
        accessLog = AccessLog.begin(jetty, accessLogSettings);
        jetty.addConnector(first);
        start(jetty);
    }

    /**
     * Opens the other ports, and has a handler handle the requests of all from now on.
     *
     * @throws StartException if a port cannot be opened
     */
    void serve(Handler handler) {
        List<SelectorConnector> others =
                all().stream().filter(port -> !port.isStarted()).toList();
        others.forEach(Ports::open);
        try {
            starting.serve(handler);
        } catch (Exception failed) {
            throw StartException.cannotServe(failed);
        }
        for (SelectorConnector port : others) {
            jetty.addBean(port, true); // stops with the server
            jetty.addConnector(port);
            start(port);
        }
    }

    private static void start(LifeCycle part) {
        try {
            part.start();
        } catch (Exception failed) {
            throw StartException.cannotServe(failed);
        }
    }

    /** Opens one port. If Jetty opened them all, its exception would not have the port that cannot be opened. */
    private static void open(SelectorConnector port) {
        try {
            port.open();
        } catch (IOException refused) {
            throw StartException.cannotListen(port, refused);
        }
    }

    /** Finishes the requests in flight, and closes the ports. */
    void stop() {
        try {
            jetty.stop();
        } catch (Exception failed) {
            LOG.warn("the HTTP server did not stop cleanly", failed);
        }
        all().forEach(ServerConnector::close); // those that opened, but did not start
    }

    /** Ends a start that failed, without a wait for clients. */
    void abandon() {
        jetty.setStopTimeout(0);
        stop();
    }

    /** Waits until they are stopped. */
    void join() throws InterruptedException {
        jetty.join();
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
