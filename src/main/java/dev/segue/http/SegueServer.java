package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.config.AdminSettings;
import dev.segue.config.Configuration;
import dev.segue.config.ServerSettings;
import dev.segue.event.EventLog;
import dev.segue.event.EventLogOptions;
import dev.segue.history.ListeningMemory;
import dev.segue.platform.OutOfMemory;
import dev.segue.reload.GenerationFiles;
import dev.segue.reload.Reloader;
import dev.segue.service.NextTrackService;
import dev.segue.service.PlayRecorder;
import dev.segue.service.RecentPlays;
import dev.segue.service.RestoredMemory;
import dev.segue.service.ServedEvent;
import dev.segue.service.ServingPlan;
import dev.segue.upkeep.Upkeep;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: catalogs, listeners' histories and event log, and Jetty in front of them. */
public final class SegueServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegueServer.class);
    private static final Duration DEADLINE_CHECKS = Duration.ofMillis(50);

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

    private final EventLog log;
    private final NextTrackService service;
    private final Reloader reloader;
    private final Upkeep upkeep;
    private final TrafficHistory traffic;
    private final Readiness readiness;
    private final AllEndpoints endpoints;
    private final ServerState stores;
    private final Server jetty;
    private final SelectorConnector connector;
    private final @Nullable FastPath fast;
    private final @Nullable HealthPort health;
    private final @Nullable AdminPort admin;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "segue-log-deadlines"));
    private final ExecutorService recommenders;

    private SegueServer(
            Configuration configuration,
            NextTrackService service,
            PlayRecorder recorder,
            EventLog log,
            ListeningMemory<ServedEvent> memory,
            GenerationFiles files,
            ServerState stores,
            ExecutorService recommenders) {
        ServerSettings settings = configuration.server();
        this.stores = stores;
        this.recommenders = recommenders;
        this.log = log;
        this.service = service;
        var metrics = new ServerMetrics(
                log,
                memory,
                () -> service.generation().id(),
                () -> service.generation().serving().experiment().name());
        var sizes = new BodySizes(settings.maxBodyBytes());
        reloader = new Reloader(service, memory, files, configuration.reload(), stores.clock(), metrics::reloaded);
        readiness = new Readiness(log, Duration.ofMillis(settings.stopGraceMs()));
        traffic = new TrafficHistory(metrics, stores.clock());
        var unusedSampling = deadlines.scheduleAtFixedRate(
                traffic::samplePeriodically,
                TrafficHistory.FINE_SECONDS,
                TrafficHistory.FINE_SECONDS,
                TimeUnit.SECONDS);
        upkeep = Upkeep.of(configuration, stores.learnings(), new LearnedFiles(reloader), stores.clock());
        endpoints = new AllEndpoints(
                configuration,
                service,
                recorder,
                log,
                memory,
                reloader,
                upkeep,
                stores,
                recommenders,
                sizes,
                metrics,
                traffic,
                readiness);
        var threads = new QueuedThreadPool(settings.maxThreads());
        threads.setName("segue-http");
        jetty = new Server(threads, null, new SingleUseBuffers(new ArrayByteBufferPool()));
        int maxConnections = BoundedHttp.limit(settings);
        var http = new BoundedHttp(maxConnections);
        Tls tls = Tls.of(configuration.tls());
        jetty.addBean(tls);
        connector = new SelectorConnector(jetty, settings.selectors(), http, tls);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(CONNECTIONS_TO_ACCEPT);
        connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(settings.idleTimeoutSeconds()));
        jetty.addConnector(connector);
        AccessLog.begin(jetty, configuration.accessLog(), metrics);
        jetty.addBean(http.hardLimit(connector));
        metrics.registerConnections(connector, http::refused);
        fast = isFast(configuration) ? new FastPath(service, log, metrics, sizes.single(), jetty) : null;
        http.serveFast(fast);
        health = settings.healthPort().isPresent()
                ? new HealthPort(jetty, settings.host(), settings.healthPort().getAsInt(), connector.getIdleTimeout())
                : null;
        admin = adminPort(configuration, tls);
        var problems = new ProblemErrorHandler(sizes, metrics::refused);
        jetty.setErrorHandler(problems);
        Handler handlers = Handlers.of(
                configuration, ports(), maxConnections, admin, endpoints.all(), log, sizes, metrics, problems);
        jetty.setHandler(health == null ? handlers : health.guard(handlers));
        if (configuration.access().forwarded()) {
            ports().forEach(SegueServer::believeProxies);
        }
        jetty.setStopTimeout(settings.stopTimeoutMs());
        connector.setShutdownIdleTimeout(Math.min(connector.getShutdownIdleTimeout(), settings.stopTimeoutMs()));
        log.afterBatch(connector::handOverResponses);
        var wait = Duration.ofMillis(settings.logWaitMs());
        var unused = deadlines.scheduleWithFixedDelay(
                () -> endWaits(wait), DEADLINE_CHECKS.toMillis(), DEADLINE_CHECKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether nothing is configured that looks at each request or changes each response, or that encrypts them. */
    private static boolean isFast(Configuration configuration) {
        return configuration.accessLog().file().isEmpty()
                && configuration.server().allowOrigin().isEmpty()
                && !configuration.tls().isOn();
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

    private @Nullable AdminPort adminPort(Configuration configuration, @Nullable Tls tls) {
        AdminSettings settings = configuration.admin();
        return settings.port().isEmpty()
                ? null
                : new AdminPort(
                        jetty,
                        connector,
                        configuration.adminHost(),
                        settings.port().getAsInt(),
                        connector.getIdleTimeout(),
                        tls);
    }

    /** Never throws, because a periodic task that throws is not repeated. */
    private void endWaits(Duration wait) {
        try {
            log.expire(wait);
            connector.handOverResponses();
            connector.measureLag();
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            LOG.error("requests that wait for the event log could not be ended", failed);
        }
    }

    /**
     * Loads the classes that a start needs, in the background, while the configuration is read (1.85 s to the first answer
     * instead of 1.97 s, medians of 7 interleaved starts on two busy cores).
     */
    public static void prepare() {
        DaemonThread.of(
                        () -> {
                            LOG.debug("preparing");
                            new ServletContextHandler().addServlet(new ServletHolder(), "/");
                            var unused = new ServerConnector(new Server(), new BoundedHttp(1));
                        },
                        "segue-prepare")
                .start();
    }

    /**
     * Starts a server: loads the catalogs and restores the listeners' histories from the event log side by side.
     *
     * @throws dev.segue.file.FileException if a catalog is unusable
     * @throws dev.segue.event.EventLogException if the log is unusable
     * @throws dev.segue.state.StateException if the feedback or the withdrawn tracks are unreadable
     * @throws StartException if the port is taken
     */
    public static SegueServer start(Configuration configuration) {
        return start(configuration, EventLog::open, Catalog::load, InstantSource.system(), recommenderThreads());
    }

    private static ExecutorService recommenderThreads() {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), task -> DaemonThread.of(task, "segue-recommenders"));
    }

    static SegueServer start(
            Configuration configuration,
            Function<EventLogOptions, EventLog> openLog,
            Function<CatalogFiles, Catalog> loadCatalog,
            InstantSource clock,
            ExecutorService recommenders) {
        var files = new GenerationFiles(configuration, loadCatalog);
        var loading = CompletableFuture.supplyAsync(files::load);
        var stores = ServerState.open(configuration.stateFolder(), clock);
        EventLog log = openLog.apply(ConfiguredLog.options(configuration));
        SegueServer server;
        try {
            var plays = new RecentPlays();
            ListeningMemory<ServedEvent> memory = RestoredMemory.of(
                    log.file(),
                    ServingPlan.restoredSpan(configuration),
                    ServingPlan.historyLimits(configuration),
                    plays);
            var plausible = new PlausibleClock(clock);
            var service = new NextTrackService(
                    loading.join(),
                    memory,
                    log,
                    plausible,
                    System::nanoTime,
                    configuration.seed(),
                    stores.restrictions());
            var recorder = new PlayRecorder(memory, plays, log, plausible, System::nanoTime);
            server = new SegueServer(configuration, service, recorder, log, memory, files, stores, recommenders);
            server.listen();
        } catch (CompletionException failed) {
            log.close();
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        } catch (RuntimeException failed) {
            log.close();
            throw failed;
        }
        return server;
    }

    private void listen() {
        ports().forEach(this::open);
        try {
            jetty.start();
            reloader.watch();
        } catch (Exception failed) {
            close();
            throw new StartException("cannot start the HTTP server: " + failed.getMessage(), failed);
        }
    }

    private List<ServerConnector> ports() {
        return Stream.of(jetty.getConnectors()).map(ServerConnector.class::cast).toList();
    }

    /** Opens one port. If Jetty opened them all, its exception would not have the port that cannot be opened. */
    private void open(ServerConnector port) {
        try {
            port.open();
        } catch (IOException refused) {
            ports().forEach(ServerConnector::close);
            close();
            throw StartException.cannotListen(port.getHost(), port.getPort(), refused);
        }
    }

    /** The address that it listens on. */
    public URI uri() {
        return ListeningAddress.of(connector);
    }

    /** The address for administration, metrics and the dashboard: the same, or that of the port of their own. */
    public URI adminUri() {
        return admin == null ? uri() : admin.uri();
    }

    /** The port for health and metrics; absent if there is none. */
    public OptionalInt healthPort() {
        return health == null ? OptionalInt.empty() : OptionalInt.of(health.port());
    }

    /** Whether events can be logged now, so that requests need not wait. */
    boolean isReady() {
        return readiness.problem() == null;
    }

    /** The fingerprint of the generation in service. */
    String generation() {
        return service.generation().id();
    }

    /** The number of requests served by the {@link FastPath}. */
    long servedFast() {
        return fast == null ? 0 : fast.served();
    }

    /** Adds a sample to the history of the traffic, as happens periodically. */
    void sampleTraffic() {
        traffic.sample();
    }

    List<Endpoint> endpoints() {
        return endpoints.all();
    }

    /** Reloads on SIGHUP, where the system has that signal; call it at most once. */
    public void reloadOnHangup() {
        reloader.reloadOnHangup();
    }

    /** Waits until the server has stopped. */
    public void join() throws InterruptedException {
        jetty.join();
    }

    /** Serves for the grace period, finishes the requests in flight, writes pending events to the log, and stops. */
    @Override
    public void close() {
        readiness.stop();
        try {
            jetty.stop();
        } catch (Exception failed) {
            LOG.warn("the HTTP server did not stop cleanly", failed);
        }
        reloader.close();
        upkeep.close();
        endpoints.close();
        stores.close();
        log.close();
        deadlines.shutdownNow();
        recommenders.shutdownNow();
    }
}
