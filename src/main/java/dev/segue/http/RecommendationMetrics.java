package dev.segue.http;

import dev.segue.play.Event.Message;
import dev.segue.service.ServedEvent;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The metrics of recommended tracks and of the sessions that they are for. */
final class RecommendationMetrics {

    private final Supplier<String> experiment;
    private final Counter recommendations;
    private final Counter assignments;
    private final Counter clampedShares;
    private final CounterDataPoint ended;
    private final Histogram seconds;
    private final Map<Origin, CounterDataPoint> counters = new ConcurrentHashMap<>(); // cheaper than looking up labels

    private final Map<String, CounterDataPoint> arms = new ConcurrentHashMap<>();

    private record Origin(String recommender, int fallback) {}

    /** @param experiment the name of the experiment that serves */
    RecommendationMetrics(MetricRegistry registry, Supplier<String> experiment) {
        this.experiment = experiment;
        assignments = registry.counter(
                "segue_assignments_total",
                "Requests for a track, by the listener's arm of the experiment that serves; none without an arm.",
                "arm");
        recommendations = registry.counter(
                "segue_recommendations_total",
                "Tracks recommended, by recommender and by the number of recommenders before it that had no track.",
                "recommender",
                "fallback");
        ended = registry.counter("segue_sessions_ended_total", "Sessions that their listener ended.");
        clampedShares = registry.counter(
                "segue_clamped_shares_total",
                "Requests with a time above 1 by more than rounding, which was reduced to 1; without dry runs.");
        seconds = registry.durations(
                "segue_recommendation_seconds", "Time to compute a response, without the wait for the event log.");
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

    /** The histogram of the times to compute a response. */
    HistogramSnapshot seconds() {
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
}
