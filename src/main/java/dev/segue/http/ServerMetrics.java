package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.event.TakenAwayCounts;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Event.Message;
import dev.segue.reload.ReloadOutcome;
import dev.segue.reload.Reloader;
import dev.segue.service.ServedEvent;
import dev.segue.state.LearningRuns;
import dev.segue.upkeep.Upkeep;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The server's metrics for Prometheus. {@code GET /metrics} lists names and meanings. */
final class ServerMetrics {

    private static final String RELOADED = "done";
    private static final String FAILED = "failed";
    private static final String REFUSED = "refused";
    private static final String ROLLED_BACK = "rolled_back";

    private static final String MATCHED = "matched";
    private static final String UNKNOWN = "unknown";
    private static final String DUPLICATE = "duplicate";

    /** Bounds of buckets: six for each power of ten from 1 µs to 10 s, so that a quantile is off by at most a half. */
    private static final double[] LOG_LINEAR_SECONDS = logLinear(-6, 1);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter recommendations;
    private final Counter problems;
    private final Counter reloads;
    private final Counter clampedShares;
    private final Counter reportedPlays;
    private final Counter assignments;
    private final Counter responses;
    private final Histogram responseSeconds;
    private final Histogram seconds;
    private final CounterDataPoint ended;
    private final Map<Origin, CounterDataPoint> counters = new ConcurrentHashMap<>(); // cheaper than looking up labels

    private final Map<String, CounterDataPoint> arms = new ConcurrentHashMap<>();
    private final Supplier<String> experiment;
    private final RouteMetrics otherRoutes;
    private boolean hasJvmMetrics; // guarded by this

    private record Origin(String recommender, int fallback) {}

    /**
     * @param memory of the listeners
     * @param generation the fingerprint of the generation in service
     * @param experiment the name of the experiment that serves
     */
    ServerMetrics(EventLog log, ListeningMemory<?> memory, Supplier<String> generation, Supplier<String> experiment) {
        this.experiment = experiment;
        responses = Counter.builder()
                .name("segue_responses_total")
                .help("Responses, by route (the path in the API's description, or other) and HTTP status.")
                .labelNames("route", "status")
                .register(registry);
        responseSeconds = Histogram.builder()
                .name("segue_response_seconds")
                .help("Time from the head of a request to its response, by route; with the wait for the event log.")
                .labelNames("route")
                .classicUpperBounds(LOG_LINEAR_SECONDS)
                .classicOnly()
                .register(registry);
        otherRoutes = route(RouteMetrics.OTHER);
        assignments = Counter.builder()
                .name("segue_assignments_total")
                .help("Requests for a track, by the listener's arm of the experiment that serves; none without an arm.")
                .labelNames("arm")
                .register(registry);
        recommendations = Counter.builder()
                .name("segue_recommendations_total")
                .help(
                        "Tracks recommended, by recommender and by the number of recommenders before it that had no track.")
                .labelNames("recommender", "fallback")
                .register(registry);
        ended = Counter.builder()
                .name("segue_sessions_ended_total")
                .help("Sessions that their listener ended.")
                .register(registry);
        problems = Counter.builder()
                .name("segue_problems_total")
                .help("Responses that were problem documents, by HTTP status.")
                .labelNames("status")
                .register(registry);
        reloads = Counter.builder()
                .name("segue_catalog_reloads_total")
                .help("Catalog reloads and rollbacks, by outcome.")
                .labelNames("outcome")
                .register(registry);
        for (String outcome : List.of(RELOADED, FAILED, REFUSED, ROLLED_BACK)) {
            reloads.initLabelValues(outcome);
        }
        clampedShares = Counter.builder()
                .name("segue_clamped_shares_total")
                .help("Requests with a time above 1 by more than rounding, which was reduced to 1; without dry runs.")
                .register(registry);
        reportedPlays = Counter.builder()
                .name("segue_reported_plays_total")
                .help("Plays that clients of adapters reported, by outcome: matched, unknown track, or duplicate.")
                .labelNames("outcome")
                .register(registry);
        for (String outcome : List.of(MATCHED, UNKNOWN, DUPLICATE)) {
            reportedPlays.initLabelValues(outcome);
        }
        GaugeWithCallback.builder()
                .name("segue_catalog_generation")
                .help("1 for the generation in service, by its fingerprint.")
                .labelNames("generation")
                .callback(callback -> callback.call(1, generation.get()))
                .register(registry);
        seconds = Histogram.builder()
                .name("segue_recommendation_seconds")
                .help("Time to compute a response, without the wait for the event log.")
                .classicUpperBounds(LOG_LINEAR_SECONDS)
                .classicOnly()
                .register(registry);
        gauge("segue_listeners", "Listeners remembered.", memory::size);
        gauge(
                "segue_remembered_response_bytes",
                "Approximate memory of the responses that are kept for retries by request_id, in bytes.",
                memory::responseBytes);
        registerLog(log);
    }

    private static double[] logLinear(int leastPower, int mostPower) {
        double[] steps = {1, 1.5, 2, 3, 5, 7};
        return IntStream.range(leastPower, mostPower)
                .boxed()
                .flatMapToDouble(power -> Arrays.stream(steps).map(step -> round(step, power)))
                .toArray();
    }

    /** The number that decimal notation has, such as 0.0003. */
    private static double round(double step, int power) {
        return new BigDecimal(String.valueOf(step)).scaleByPowerOfTen(power).doubleValue();
    }

    /** The metrics of a route. */
    RouteMetrics route(String path) {
        return new RouteMetrics(path, responses, responseSeconds);
    }

    /** The metrics of requests to no route. */
    RouteMetrics otherRoutes() {
        return otherRoutes;
    }

    void registerGeneration(Reloader reloader, InstantSource clock) {
        gauge(
                "segue_catalog_age_seconds",
                "Time since the generation in service was loaded.",
                () -> (clock.millis() - reloader.generations().periods().get(0).loadedAt()) / 1000.0);
    }

    void registerRecommenders(WorkQueue recommenders) {
        gauge(
                "segue_recommender_queue",
                "Requests that wait for a thread of the slow recommenders.",
                recommenders::waiting);
    }

    void registerState(ServerState state) {
        gauge(
                "segue_feedback_entries",
                "Tracks and artists that listeners like, dislike or ban.",
                () -> state.feedback().size());
        gauge(
                "segue_withdrawn_tracks",
                "Tracks that are withdrawn.",
                () -> state.withdrawn().tracks().size());
    }

    void registerLearning(Upkeep upkeep) {
        gauge("segue_learning", "1 while a learning is in progress.", () -> upkeep.isRunning() ? 1 : 0);
        gauge(
                "segue_learning_last_success_timestamp_seconds",
                "Time of the end of the last learning whose files serve, in seconds since 1970; 0 if there is none.",
                () -> upkeep.runs().all().stream()
                        .filter(run -> run.outcome() == LearningRuns.Outcome.PUBLISHED)
                        .mapToDouble(run -> run.ended() / 1000.0)
                        .max()
                        .orElse(0));
        CounterWithCallback.builder()
                .name("segue_learnings_total")
                .help("Learnings since the start, by outcome.")
                .labelNames("outcome")
                .callback(callback -> {
                    for (LearningRuns.Outcome outcome : LearningRuns.Outcome.values()) {
                        callback.call((double) upkeep.ended(outcome), outcome.json());
                    }
                })
                .register(registry);
    }

    void registerConnections(SelectorConnector connector, DoubleSupplier refused) {
        gauge(
                "segue_connections",
                "Connections that are open.",
                () -> connector.getConnectedEndPoints().size());
        gauge(
                "segue_lag_seconds",
                "Time until a selector handles a new request, at the last measurement.",
                () -> connector.lagMillis() / 1000.0);
        count(
                "segue_connections_refused_total",
                "Connections that got 503, because server.max_connections were open or the lag was too large.",
                refused);
    }

    void registerAccessLog(DoubleSupplier dropped) {
        count(
                "segue_access_log_dropped_total",
                "Requests that the access log lacks, because too many lines waited for the disk.",
                dropped);
    }

    private void registerLog(EventLog log) {
        count("segue_log_events_total", "Events written to the log.", log::eventsWritten);
        count("segue_log_batches_total", "Writes to the log; one holds the events of many requests.", log::batches);
        count("segue_log_bytes_total", "Bytes written to the log.", log::bytesWritten);
        count(
                "segue_log_write_failures_total",
                "Writes to the log that failed and were tried again.",
                log::writeFailures);
        count("segue_log_rotations_total", "Rotations of the log file.", log::rotations);
        count(
                "segue_log_rotations_deleted_total",
                "Rotated log files deleted because of DATA_LOG_FILE_BACKUP_COPIES.",
                log::deletedRotations);
        CounterWithCallback.builder()
                .name("segue_log_taken_away_total")
                .help(
                        "Times another program took the live log file away, and it was opened anew, by what happened to it.")
                .labelNames("how")
                .callback(callback -> {
                    for (TakenAwayCounts.Way way : TakenAwayCounts.Way.values()) {
                        callback.call((double) log.takenAwayCounts().times(way), way.text());
                    }
                })
                .register(registry);
        count(
                "segue_log_events_rewritten_total",
                "Events written again because the file that held them was taken away; they may stand in both files.",
                log.takenAwayCounts()::eventsRewritten);
        gauge("segue_log_backlog_bytes", "Bytes of events that wait to be written.", log::backlogBytes);
        gauge(
                "segue_log_writable",
                "1 if the log takes events, 0 if requests wait for it.",
                () -> log.isWritable() ? 1 : 0);
    }

    private void count(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private CounterDataPoint counter(Origin origin) {
        return recommendations.labelValues(origin.recommender(), Integer.toString(origin.fallback()));
    }

    void count(ServedEvent served, long nanos) {
        var recommendation = served.event().recommendation();
        if (served.event().message() == Message.LAST) {
            ended.inc();
        } else {
            String arm = served.event().experiments().arm(experiment.get());
            arms.computeIfAbsent(arm == null ? "none" : arm, assignments::labelValues)
                    .inc();
            counters.computeIfAbsent(new Origin(recommendation.recommender(), recommendation.fallback()), this::counter)
                    .inc();
        }
        seconds.observe(nanos * 1e-9);
    }

    void clampedShare() {
        clampedShares.inc();
    }

    void reportedPlay(boolean isDuplicate, boolean isUnknown) {
        reportedPlays
                .labelValues(isDuplicate ? DUPLICATE : isUnknown ? UNKNOWN : MATCHED)
                .inc();
    }

    void reloaded(ReloadOutcome outcome) {
        boolean isRefused = outcome instanceof ReloadOutcome.Refused;
        reloads.labelValues(outcome instanceof ReloadOutcome.Done ? RELOADED : isRefused ? REFUSED : FAILED)
                .inc();
    }

    void rolledBack() {
        reloads.labelValues(ROLLED_BACK).inc();
    }

    void refused(int status) {
        problems.labelValues(Integer.toString(status)).inc();
    }

    /** The histogram of the times to compute a response. */
    HistogramSnapshot recommendationSeconds() {
        return seconds.collect();
    }

    /** The numbers of recommended tracks, and of those by a fallback. */
    long[] recommendedAndFallbacks() {
        double all = 0;
        double fallbacks = 0;
        for (Map.Entry<Origin, CounterDataPoint> counter : counters.entrySet()) {
            all += counter.getValue().get();
            fallbacks +=
                    counter.getKey().fallback() == 0 ? 0 : counter.getValue().get();
        }
        return new long[] {(long) all, (long) fallbacks};
    }

    /** All metrics in the text format of Prometheus, or in that of OpenMetrics, which has exemplars. */
    byte[] toText(boolean isOpenMetrics) throws IOException {
        registerJvm();
        var text = new ByteArrayOutputStream(1 << 14);
        if (isOpenMetrics) {
            OpenMetricsTextFormatWriter.builder().build().write(text, registry.scrape());
        } else {
            PrometheusTextFormatWriter.builder().build().write(text, registry.scrape());
        }
        return text.toByteArray();
    }

    /** At the first request for metrics, since it loads the platform's management, which a start need not wait for. */
    private synchronized void registerJvm() {
        if (!hasJvmMetrics) {
            hasJvmMetrics = true;
            JvmMetrics.builder().register(registry);
        }
    }
}
