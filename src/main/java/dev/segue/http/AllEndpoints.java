package dev.segue.http;

import dev.segue.config.Configuration;
import dev.segue.event.EventLog;
import dev.segue.reload.Reloader;
import dev.segue.service.NextTrackService;
import dev.segue.upkeep.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The endpoints of a server, group by group, with their threads. */
final class AllEndpoints implements AutoCloseable {

    private final NextTrackEndpoints nextTracks;
    private final DashboardEndpoints dashboard;
    private final MetricsEndpoint scrapes;
    private final StateEndpoints state;
    private final ErasureEndpoint erasure;
    private final DocsEndpoints docs = new DocsEndpoints();
    private final List<Endpoint> all = new ArrayList<>();

    AllEndpoints(
            Configuration configuration,
            Loaded loaded,
            Reloader reloader,
            Upkeep upkeep,
            ExecutorService recommenders,
            BodySizes sizes,
            ServerMetrics metrics,
            TrafficHistory traffic,
            Readiness readiness) {
        NextTrackService service = loaded.service();
        EventLog log = loaded.log();
        ServerState stores = loaded.stores();
        var slow = WorkQueue.ofRecommenders(
                recommenders, Duration.ofMillis(configuration.server().recommenderWaitMs()));
        nextTracks = new NextTrackEndpoints(service, log, metrics, sizes, slow);
        dashboard = new DashboardEndpoints(
                service, log.file(), loaded.memory().limits().sessionTimeout());
        scrapes = new MetricsEndpoint(metrics);
        state = stores.endpoints(service, configuration.server().maxBodyBytes());
        metrics.registerState(stores);
        metrics.registerLearning(upkeep);
        metrics.registerGeneration(reloader, stores.clock());
        metrics.registerRecommenders(slow);
        var plays = new ReportedPlays(service, loaded.recorder(), log, metrics);
        erasure = new ErasureEndpoint(plays, stores, log, dashboard::readLogAgain);
        var generations = new GenerationList(reloader, stores.learnings());
        all.addAll(new ReloadEndpoints(
                        reloader, metrics, generations, configuration.server().maxBodyBytes())
                .all());
        all.add(new LearningEndpoint(upkeep));
        all.addAll(nextTracks.all());
        all.addAll(new InformationEndpoints(service, readiness, generations, traffic).all());
        all.add(scrapes);
        all.addAll(new PageEndpoints().all());
        all.addAll(dashboard.all());
        all.addAll(AdapterEndpoints.of(configuration.adapters(), service, plays, log, sizes, nextTracks, slow));
        all.addAll(state.all());
        all.add(erasure);
        all.addAll(docs.all());
        all.forEach(endpoint -> endpoint.measure(metrics.route(endpoint.path())));
    }

    List<Endpoint> all() {
        return all;
    }

    @Override
    public void close() {
        nextTracks.close();
        dashboard.close();
        scrapes.close();
        state.close();
        erasure.close();
        docs.close();
    }
}
