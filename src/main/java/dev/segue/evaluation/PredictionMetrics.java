package dev.segue.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Computes the metrics of single predictions, and the coverage of all of them. */
final class PredictionMetrics {

    private final int count;
    private final ItemCounts counts;
    private final Set<Long> predicted = new HashSet<>();

    /** @param count maximum number of items in a prediction
     * @param counts the item counts of the training sessions
     */
    PredictionMetrics(int count, ItemCounts counts) {
        this.count = count;
        this.counts = counts;
    }

    /** The metrics of one prediction.
     *
     * @param items the predicted items
     * @param session the whole session
     * @param length number of the session's items before the prediction
     */
    Map<Metric, Double> measure(long[] items, long[] session, int length) {
        Set<Long> later = set(session, length, session.length);
        Set<Long> earlier = set(session, 0, length);
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.HIT_RATE, 0.0);
        metrics.put(Metric.MRR, 0.0);
        double gain = 0;
        int hits = 0;
        int repeated = 0;
        double popularity = 0;
        for (int place = 0; place < items.length; place++) {
            long item = items[place];
            predicted.add(item);
            if (item == session[length]) {
                metrics.put(Metric.HIT_RATE, 1.0);
                metrics.put(Metric.MRR, 1.0 / (place + 1));
            }
            if (later.contains(item)) {
                hits++;
                gain += gain(place);
            }
            repeated += earlier.contains(item) ? 1 : 0;
            popularity += counts.plays(item) / (double) counts.maxPlays();
        }
        int remaining = session.length - length;
        metrics.put(Metric.NDCG, gain / bestGain(Math.min(remaining, count)));
        metrics.put(Metric.PRECISION, hits / (double) count);
        metrics.put(Metric.RECALL, hits / (double) remaining);
        metrics.put(Metric.POPULARITY, items.length == 0 ? 0.0 : popularity / items.length);
        metrics.put(Metric.REPEATS, items.length == 0 ? 0.0 : repeated / (double) items.length);
        return metrics;
    }

    private static Set<Long> set(long[] items, int from, int to) {
        Set<Long> set = new HashSet<>();
        Arrays.stream(items, from, to).forEach(set::add);
        return set;
    }

    private static double gain(int place) {
        return place == 0 ? 1 : Math.log(2) / Math.log(place + 1.0);
    }

    private static double bestGain(int places) {
        double gain = 0;
        for (int place = 0; place < places; place++) {
            gain += gain(place);
        }
        return gain;
    }

    /** The share of the training sessions' items that were predicted at least once. */
    double coverage() {
        return predicted.size() / (double) counts.size();
    }
}
