package dev.segue.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traffic since the start in bounded memory: a sample every ten seconds for the last half hour, and one every five minutes for the last two
 * days. Thread-safe.
 */
final class TrafficHistory {

    /** Interval at which {@link #sample} is called. */
    static final int FINE_SECONDS = 10;

    private static final int FINE_KEPT = 180;
    private static final int COARSE_SECONDS = 300;
    private static final int COARSE_KEPT = 576;

    private final ServerMetrics metrics;
    private final InstantSource clock;
    private final Deque<Sample> fine = new ArrayDeque<>();
    private final Deque<Sample> coarse = new ArrayDeque<>();
    private Counters lastFine;
    private Counters lastCoarse;

    /**
     * The traffic between two times.
     *
     * @param millis the end, in ms since 1970
     * @param p50 median of the times to compute a response, in µs: the upper bound of its bucket; null without responses
     */
    private record Sample(
            long millis,
            double perSecond,
            @Nullable Double p50,
            @Nullable Double p99,
            @Nullable Double fallbackPercent) {

        Map<String, @Nullable Object> json() {
            var members = new LinkedHashMap<String, @Nullable Object>();
            members.put("time", millis);
            members.put("per_second", perSecond);
            members.put("p50_us", p50);
            members.put("p99_us", p99);
            members.put("fallback_percent", fallbackPercent);
            return members;
        }
    }

    /** The counters at a time. */
    private static final class Counters {
        private final long millis;
        private final long recommended;
        private final long fallbacks;
        private final double[] bounds;
        private final long[] counts;

        /** @param tracks the numbers of recommended tracks, and of those by a fallback */
        Counters(long millis, long[] tracks, ClassicHistogramBuckets buckets) {
            this.millis = millis;
            recommended = tracks[0];
            fallbacks = tracks[1];
            bounds = new double[buckets.size()];
            counts = new long[buckets.size()];
            for (int i = 0; i < buckets.size(); i++) {
                bounds[i] = buckets.getUpperBound(i);
                counts[i] = buckets.getCount(i);
            }
        }

        Sample since(Counters before) {
            double seconds = Math.max(1, millis - before.millis) / 1000.0;
            long responses = 0;
            for (int i = 0; i < counts.length; i++) {
                responses += counts[i] - before.counts[i];
            }
            long tracks = recommended - before.recommended;
            return new Sample(
                    millis,
                    responses / seconds,
                    quantile(before, responses, 0.5),
                    quantile(before, responses, 0.99),
                    tracks == 0 ? null : 100.0 * (fallbacks - before.fallbacks) / tracks);
        }

        private @Nullable Double quantile(Counters before, long responses, double share) {
            long seen = 0;
            for (int i = 0; i < counts.length && responses > 0; i++) {
                seen += counts[i] - before.counts[i];
                if (seen >= share * responses) {
                    return 1e6 * (Double.isInfinite(bounds[i]) ? bounds[i - 1] : bounds[i]);
                }
            }
            return null;
        }
    }

    TrafficHistory(ServerMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        lastFine = counters();
        lastCoarse = lastFine;
    }

    private Counters counters() {
        return new Counters(
                clock.millis(),
                metrics.recommendedAndFallbacks(),
                metrics.recommendationSeconds().getDataPoints().get(0).getClassicBuckets());
    }

    /** Adds a sample of the time since the last one. */
    synchronized void sample() {
        Counters now = counters();
        add(fine, now.since(lastFine), FINE_KEPT);
        lastFine = now;
        if (now.millis - lastCoarse.millis >= COARSE_SECONDS * 1000L) {
            add(coarse, now.since(lastCoarse), COARSE_KEPT);
            lastCoarse = now;
        }
    }

    private static void add(Deque<Sample> samples, Sample sample, int kept) {
        samples.add(sample);
        if (samples.size() > kept) {
            samples.remove();
        }
    }

    /** The samples, the oldest first: coarse ones up to the first fine one. */
    synchronized List<Map<String, @Nullable Object>> samples() {
        long firstFine = fine.isEmpty() ? Long.MAX_VALUE : fine.getFirst().millis();
        List<Map<String, @Nullable Object>> samples = new ArrayList<>();
        coarse.stream().filter(sample -> sample.millis() < firstFine).forEach(sample -> samples.add(sample.json()));
        fine.forEach(sample -> samples.add(sample.json()));
        return samples;
    }
}
