package dev.segue.http;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traffic since the start in bounded memory: a sample every ten seconds for the last half hour, and one every five minutes
 * for the last two days. Thread-safe.
 */
final class TrafficHistory {

    /** Interval at which {@link #sample} is called. */
    static final int FINE_SECONDS = 10;

    private static final int FINE_KEPT = 180;
    private static final int COARSE_SECONDS = 300;
    private static final int COARSE_KEPT = 576;

    private final ServerMetrics metrics;
    private final InstantSource clock;
    private final Deque<TrafficSample> fine = new ArrayDeque<>();
    private final Deque<TrafficSample> coarse = new ArrayDeque<>();
    private TrafficCounters lastFine;
    private TrafficCounters lastCoarse;

    TrafficHistory(ServerMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        lastFine = counters();
        lastCoarse = lastFine;
    }

    private TrafficCounters counters() {
        return new TrafficCounters(metrics, clock);
    }

    /** Adds a sample of the time since the last one. */
    synchronized void sample() {
        TrafficCounters now = counters();
        add(fine, now.since(lastFine), FINE_KEPT);
        lastFine = now;
        if (now.millis() - lastCoarse.millis() >= COARSE_SECONDS * 1000L) {
            add(coarse, now.since(lastCoarse), COARSE_KEPT);
            lastCoarse = now;
        }
    }

    private static void add(Deque<TrafficSample> samples, TrafficSample sample, int kept) {
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
