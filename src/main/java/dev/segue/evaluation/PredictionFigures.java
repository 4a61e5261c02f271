package dev.segue.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Measures single predictions, and remembers which items were predicted. */
final class PredictionFigures {

    private final int count;
    private final ItemCounts counts;
    private final Set<Long> predicted = new HashSet<>();

    /**
     * @param count how many items are wanted
     * @param counts of the training sessions
     */
    PredictionFigures(int count, ItemCounts counts) {
        this.count = count;
        this.counts = counts;
    }

    /**
     * The figures of one prediction.
     *
     * @param items what was predicted, at most as many as are wanted
     * @param session the whole session
     * @param length how many of its items had been played
     */
    Map<Metric, Double> of(long[] items, long[] session, int length) {
        Set<Long> later = set(session, length, session.length);
        Set<Long> before = set(session, 0, length);
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.HIT_RATE, 0.0);
        figures.put(Metric.MRR, 0.0);
        double gain = 0;
        int found = 0;
        int repeated = 0;
        double popularity = 0;
        for (int place = 0; place < items.length; place++) {
            long item = items[place];
            predicted.add(item);
            if (item == session[length]) {
                figures.put(Metric.HIT_RATE, 1.0);
                figures.put(Metric.MRR, 1.0 / (place + 1));
            }
            if (later.contains(item)) {
                found++;
                gain += gain(place);
            }
            repeated += before.contains(item) ? 1 : 0;
            popularity += counts.plays(item) / (double) counts.most();
        }
        int left = session.length - length;
        figures.put(Metric.NDCG, gain / bestGain(Math.min(left, count)));
        figures.put(Metric.PRECISION, found / (double) count);
        figures.put(Metric.RECALL, found / (double) left);
        figures.put(Metric.POPULARITY, items.length == 0 ? 0.0 : popularity / items.length);
        figures.put(Metric.REPEATS, items.length == 0 ? 0.0 : repeated / (double) items.length);
        return figures;
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
