package dev.segue.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The counters of the traffic at a time. */
final class TrafficCounters {

    private final long millis;
    private final long recommended;
    private final long fallbacks;
    private final double[] bounds;
    private final long[] counts;
    private final TrafficSample.Errors errors;
    private final TrafficSample.State state;

    TrafficCounters(ServerMetrics metrics, InstantSource clock) {
        millis = clock.millis();
        long[] tracks = metrics.recommendedAndFallbacks();
        recommended = tracks[0];
        fallbacks = tracks[1];
        ClassicHistogramBuckets buckets =
                metrics.recommendationSeconds().getDataPoints().get(0).getClassicBuckets();
        bounds = new double[buckets.size()];
        counts = new long[buckets.size()];
        for (int i = 0; i < buckets.size(); i++) {
            bounds[i] = buckets.getUpperBound(i);
            counts[i] = buckets.getCount(i);
        }
        errors = metrics.errors();
        state = metrics.state();
    }

    long millis() {
        return millis;
    }

    /** The traffic since an earlier time. */
    TrafficSample since(TrafficCounters before) {
        double seconds = Math.max(1, millis - before.millis) / 1000.0;
        long responses = 0;
        for (int i = 0; i < counts.length; i++) {
            responses += counts[i] - before.counts[i];
        }
        long tracks = recommended - before.recommended;
        return new TrafficSample(
                millis,
                responses / seconds,
                quantile(before, responses, 0.5),
                quantile(before, responses, 0.99),
                tracks == 0 ? null : 100.0 * (fallbacks - before.fallbacks) / tracks,
                errors.perSecondSince(before.errors, seconds),
                state);
    }

    private @Nullable Double quantile(TrafficCounters before, long responses, double share) {
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
