package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.RowCache;
import dev.segue.config.Configuration;
import dev.segue.event.EventLog;
import dev.segue.event.EventLogOptions;
import dev.segue.reload.Reloader;
import dev.segue.upkeep.Upkeep;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;

/** The running server: catalogs, listeners' histories and event log, and Jetty in front of them. */
public final class SegueServer implements AutoCloseable {

    private static final Duration DEADLINE_CHECKS = Duration.ofMillis(50);

    /** The folder in {@code STATE_FOLDER}. */
    private static final String PARSED_CATALOGS = "parsed";

    private final Loaded loaded;
    private final Reloader reloader;
    private final Upkeep upkeep;
    private final TrafficHistory traffic;
    private final Readiness readiness;
    private final AllEndpoints endpoints;
    private final Handler handlers;
    private final Ports ports;
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final ExecutorService recommenders;

    private SegueServer(Configuration configuration, Ports ports, Loaded loaded, ExecutorService recommenders) {
        this.ports = ports;
        this.loaded = loaded;
        this.recommenders = recommenders;
        InstantSource clock = loaded.stores().clock();
        var metrics = new ServerMetrics(
                loaded.log(),
                loaded.memory(),
                this::generation,
                () -> loaded.service().generation().serving().experiment().name());
        ports.register(metrics);
        reloader = new Reloader(
                loaded.service(), loaded.memory(), loaded.files(), configuration.reload(), clock, metrics::reloaded);
        upkeep = Upkeep.of(configuration, loaded.stores().learnings(), new LearnedFiles(reloader), clock);
        traffic = new TrafficHistory(metrics, clock);
        readiness = new Readiness(
                loaded.log(), Duration.ofMillis(configuration.server().stopGraceMs()));
        endpoints = new AllEndpoints(
                configuration, loaded, reloader, upkeep, recommenders, ports.sizes(), metrics, traffic, readiness);
        handlers = Handlers.of(configuration, ports, endpoints.all(), loaded.log(), metrics);
        loaded.log().afterBatch(ports.main()::handOverResponses);
        repeatTasks(Duration.ofMillis(configuration.server().logWaitMs()));
    }

    /** @param logWait time after which the wait of a request for the log ends */
    private void repeatTasks(Duration logWait) {
        SelectorConnector main = ports.main();
        periodic.repeat(
                DEADLINE_CHECKS,
                () -> {
                    loaded.log().expire(logWait);
                    main.handOverResponses();
                    main.measureLag();
                },
                "requests that wait for the event log could not be ended");
        periodic.repeat(
                Duration.ofSeconds(TrafficHistory.FINE_SECONDS), traffic::sample, "the traffic could not be sampled");
    }

    /**
     * Starts a server: loads the catalogs and restores the listeners' histories from the event log side by side. The port for health, or
     * the only port, opens before; the server is ready when this method returns.
     *
     * @throws dev.segue.file.FileException if a catalog is unusable
     * @throws dev.segue.event.EventLogException if the log is unusable
     * @throws dev.segue.state.StateException if the feedback or the withdrawn tracks are unreadable
     * @throws StartException if the port is taken
     */
    public static SegueServer start(Configuration configuration) {
        return start(
                configuration, EventLog::open, catalogs(configuration), InstantSource.system(), recommenderThreads());
    }

    /** Loads the first catalog on all cores; later ones, while requests are handled, on one. */
    private static Function<CatalogFiles, Catalog> catalogs(Configuration configuration) {
        RowCache cache = RowCache.in(configuration.stateFolder().resolve(PARSED_CATALOGS));
        var isFirst = new AtomicBoolean(true);
        int cores = Runtime.getRuntime().availableProcessors();
        return files -> Catalog.load(files, isFirst.getAndSet(false) ? cores : 1, cache);
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
        // Before the ports, whose construction takes a fifth of a start.
        var loading = new Loading(configuration, loadCatalog);
        return start(configuration, new Ports(configuration), loading, openLog, clock, recommenders);
    }

    /** @param ports not open; open during the start at latest, and stopped if it fails */
    static SegueServer start(
            Configuration configuration,
            Ports ports,
            Loading loading,
            Function<EventLogOptions, EventLog> openLog,
            InstantSource clock,
            ExecutorService recommenders) {
        try {
            ports.openFirst();
            SegueServer server = connect(configuration, ports, loading.finish(openLog, clock), recommenders);
            server.serve();
            return server;
        } catch (RuntimeException failed) {
            ports.abandon();
            throw failed;
        }
    }

    private static SegueServer connect(
            Configuration configuration, Ports ports, Loaded loaded, ExecutorService recommenders) {
        try {
            return new SegueServer(configuration, ports, loaded, recommenders);
        } catch (RuntimeException failed) {
            loaded.close();
            throw failed;
        }
    }

    private void serve() {
        try {
            ports.serve(handlers);
        } catch (StartException failed) {
            close();
            throw failed;
        }
        reloader.watch();
    }

    /** The address that it listens on. */
    public URI uri() {
        return ports.uri();
    }

    /** The address for administration, metrics and the dashboard: the same, or that of the port of their own. */
    public URI adminUri() {
        return ports.adminUri();
    }

    /** The port for health and metrics; absent if there is none. */
    public OptionalInt healthPort() {
        return ports.healthPort();
    }

    /** Whether events can be logged now, so that requests need not wait. */
    boolean isReady() {
        return readiness.problem() == null;
    }

    /** The fingerprint of the generation in service. */
    String generation() {
        return loaded.service().generation().id();
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
        ports.join();
    }

    /**
     * Serves for the grace period, finishes the requests in flight, writes pending events to the log, and stops. A second call waits for the
     * end of the first.
     */
    @Override
    public synchronized void close() {
        upkeep.announceStop();
        readiness.stop();
        ports.stop();
        upkeep.close();
        reloader.close(); // after a publication in progress
        endpoints.close();
        loaded.close();
        periodic.close();
        recommenders.shutdownNow();
    }
}
