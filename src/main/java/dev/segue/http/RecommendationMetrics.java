package dev.segue.http;

import dev.segue.play.Event.Message;
import dev.segue.play.Recommendation;
import dev.segue.service.ServedEvent;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The metrics of recommended tracks and of the sessions that they are for. Counting a request allocates nothing but new series. */
final class RecommendationMetrics {

    private static final String NO_ARM = "none";
    private static final String FALLBACK = "fallback";

    /** Numbers of recommenders before one whose counters are kept at hand; a longer chain costs a look-up by labels. */
    private static final int DEPTHS = 16;

    private final Supplier<String> experiment;
    private final Counter recommendations;
    private final Counter assignments;
    private final Counter clampedShares;
    private final CounterDataPoint ended;
    private final Histogram seconds;
    private final Map<String, CounterDataPoint> arms = new ConcurrentHashMap<>();

    /** The counters of each recommender, by the number of recommenders before it; null until its first track. */
    private final Map<String, AtomicReferenceArray<@Nullable CounterDataPoint>> recommenders =
            new ConcurrentHashMap<>();

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
                FALLBACK);
        ended = registry.counter("segue_sessions_ended_total", "Sessions that their listener ended.");
        clampedShares = registry.counter(
                "segue_clamped_shares_total",
                "Requests with a time above 1 by more than rounding, which was reduced to 1; without dry runs.");
        seconds = registry.durations(
                "segue_recommendation_seconds", "Time to compute a response, without the wait for the event log.");
    }

    void count(ServedEvent served, long nanos) {
        if (served.event().message() == Message.LAST) {
            ended.inc();
        } else {
            String arm = served.event().experiments().arm(experiment.get());
            assignment(arm == null ? NO_ARM : arm).inc();
            Recommendation chosen = served.event().recommendation();
            counter(chosen.recommender(), chosen.fallback()).inc();
        }
        seconds.observe(nanos * 1e-9);
    }

    private CounterDataPoint assignment(String arm) {
        CounterDataPoint present = arms.get(arm);
        return present == null ? arms.computeIfAbsent(arm, assignments::labelValues) : present;
    }

    private CounterDataPoint counter(String recommender, int fallback) {
        AtomicReferenceArray<@Nullable CounterDataPoint> depths = recommenders.get(recommender);
        if (depths == null) {
            depths = recommenders.computeIfAbsent(recommender, name -> new AtomicReferenceArray<>(DEPTHS));
        }
        CounterDataPoint present = fallback < DEPTHS ? depths.get(fallback) : null;
        if (present == null) {
            present = recommendations.labelValues(recommender, Integer.toString(fallback));
            if (fallback < DEPTHS) {
                depths.set(fallback, present);
            }
        }
        return present;
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
        for (var series : recommendations.collect().getDataPoints()) {
            all += series.getValue();
            fallbacks += "0".equals(series.getLabels().get(FALLBACK)) ? 0 : series.getValue();
        }
        return new long[] {(long) all, (long) fallbacks};
    }
}
