package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.history.ListeningMemory;
import dev.segue.platform.Build;
import dev.segue.reload.ReloadOutcome;
import dev.segue.reload.Reloader;
import dev.segue.service.ServedEvent;
import dev.segue.upkeep.Upkeep;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The server's metrics for Prometheus. {@code GET /metrics} lists names and meanings. */
final class ServerMetrics {

    private static final String MATCHED = "matched";
    private static final String UNKNOWN = "unknown";
    private static final String DUPLICATE = "duplicate";

    private final MetricRegistry registry = new MetricRegistry();
    private final ResponseMetrics responses = new ResponseMetrics(registry);
    private final RecommendationMetrics recommendations;
    private final GenerationMetrics generations;
    private final EventLog log;
    private IntSupplier connections = () -> 0;
    private final CounterDataPoint matchedPlays;
    private final CounterDataPoint unknownPlays;
    private final CounterDataPoint duplicatePlays;

    /**
     * @param memory of the listeners
     * @param generation the fingerprint of the generation in service
     * @param experiment the name of the experiment that serves
     */
    ServerMetrics(EventLog log, ListeningMemory<?> memory, Supplier<String> generation, Supplier<String> experiment) {
        this.log = log;
        recommendations = new RecommendationMetrics(registry, experiment);
        generations = new GenerationMetrics(registry, generation);
        Counter reportedPlays = registry.counter(
                "segue_reported_plays_total",
                "Plays that clients of adapters reported, by outcome: matched, unknown track, or duplicate.",
                "outcome",
                List.of(MATCHED, UNKNOWN, DUPLICATE));
        matchedPlays = reportedPlays.labelValues(MATCHED);
        unknownPlays = reportedPlays.labelValues(UNKNOWN);
        duplicatePlays = reportedPlays.labelValues(DUPLICATE);
        registry.gauge("segue_listeners", "Listeners remembered.", memory::size);
        registry.gauge(
                "segue_remembered_response_bytes",
                "Approximate memory of the responses that are kept for retries by request_id, in bytes.",
                memory::responseBytes);
        LogMetrics.register(registry, log);
        registerBuild();
    }

    private void registerBuild() {
        Build build = Build.current();
        registry.info(
                "segue_build_info",
                "1, with the version and the revision of Segue, and the version of Java.",
                new String[] {"version", "revision", "java"},
                new String[] {
                    build.version(), build.revision(), Runtime.version().toString()
                });
    }

    void registerGeneration(Reloader reloader, InstantSource clock) {
        generations.registerAge(reloader, clock);
    }

    void registerRecommenders(WorkQueue recommenders) {
        registry.gauge(
                "segue_recommender_queue",
                "Requests that wait for a thread of the slow recommenders.",
                recommenders::waiting);
    }

    void registerState(ServerState state) {
        registry.gauge(
                "segue_feedback_entries",
                "Tracks and artists that listeners like, dislike or ban.",
                () -> state.feedback().size());
        registry.gauge(
                "segue_withdrawn_tracks",
                "Tracks that are withdrawn.",
                () -> state.withdrawn().tracks().size());
    }

    void registerLearning(Upkeep upkeep) {
        LearningMetrics.register(registry, upkeep);
    }

    void registerConnections(SelectorConnector connector, DoubleSupplier refused) {
        connections = () -> connector.getConnectedEndPoints().size();
        registry.gauge("segue_connections", "Connections that are open.", connections::getAsInt);
        registry.gauge(
                "segue_lag_seconds",
                "Time until a selector handles a new request, at the last measurement.",
                () -> connector.lagMillis() / 1000.0);
        registry.count(
                "segue_connections_refused_total",
                "Connections that got 503, because server.max_connections were open or the lag was too large.",
                refused);
    }

    void registerAccessLog(DoubleSupplier dropped) {
        registry.count(
                "segue_access_log_dropped_total",
                "Requests that the access log lacks, because too many lines waited for the disk.",
                dropped);
    }

    /** The metrics of a route. */
    RouteMetrics route(String path) {
        return responses.route(path);
    }

    /** The metrics of requests to no route. */
    RouteMetrics otherRoutes() {
        return responses.other();
    }

    /** Counts a problem document, which is the response of an endpoint or a line of a batch. */
    void problem(int status) {
        responses.problem(status);
    }

    /** Counts the problem document of a request that was refused before it reached an endpoint. */
    void refused(int status) {
        responses.problem(status);
        responses.beforeEndpoint(status);
    }

    /** Counts a response that was given before the request reached an endpoint, and that is no problem. */
    void respondedBeforeEndpoint(int status) {
        responses.beforeEndpoint(status);
    }

    void count(ServedEvent served, long nanos) {
        recommendations.count(served, nanos);
    }

    void clampedShare() {
        recommendations.clampedShare();
    }

    /** The histogram of the times to compute a response. */
    HistogramSnapshot recommendationSeconds() {
        return recommendations.seconds();
    }

    /** The numbers of recommended tracks, and of those by a fallback. */
    long[] recommendedAndFallbacks() {
        return recommendations.recommendedAndFallbacks();
    }

    /** The numbers of responses with an error. */
    TrafficSample.Errors errors() {
        return responses.errors();
    }

    /** The backlog of the log and the open connections. */
    TrafficSample.State state() {
        return new TrafficSample.State(log.backlogBytes(), connections.getAsInt());
    }

    void reportedPlay(boolean isDuplicate, boolean isUnknown) {
        CounterDataPoint outcome = isDuplicate ? duplicatePlays : isUnknown ? unknownPlays : matchedPlays;
        outcome.inc();
    }

    void reloaded(ReloadOutcome outcome) {
        generations.reloaded(outcome);
    }

    void rolledBack() {
        generations.rolledBack();
    }

    /** All metrics in the text format of Prometheus, or in that of OpenMetrics, which has exemplars. */
    byte[] toText(boolean isOpenMetrics) throws IOException {
        return registry.toText(isOpenMetrics);
    }
}
