package dev.segue.evaluation;

import dev.segue.analysis.Interval;
import dev.segue.analysis.ListenerRatios;
import dev.segue.evaluation.EvaluationResult.Mean;
import java.util.EnumMap;
import java.util.Map;

/** Means over predictions, with confidence intervals over sessions. */
final class SessionMeans {

    private static final double ALPHA = 0.05;

    private final Map<Metric, ListenerRatios> ratios = new EnumMap<>(Metric.class);
    private final Map<Metric, Double> totals = new EnumMap<>(Metric.class);
    private int sessions;
    private long predictions;

    /**
     * Takes in a session.
     *
     * @param sums of each metric over its predictions
     * @param sessionPredictions how many these are; a session without any counts for nothing
     */
    void add(Map<Metric, Double> sums, int sessionPredictions) {
        if (sessionPredictions == 0) {
            return;
        }
        sessions++;
        predictions += sessionPredictions;
        sums.forEach((metric, sum) -> {
            ratios.computeIfAbsent(metric, key -> new ListenerRatios()).add(sum, sessionPredictions);
            totals.merge(metric, sum, Double::sum);
        });
    }

    /** How many sessions had predictions. */
    int sessions() {
        return sessions;
    }

    Map<Metric, Mean> means() {
        Map<Metric, Mean> means = new EnumMap<>(Metric.class);
        ratios.forEach((metric, ratio) ->
                means.put(metric, new Mean(totals.getOrDefault(metric, 0.0) / predictions, interval(ratio))));
        return means;
    }

    /** All metrics are between 0 and 1. */
    private Interval interval(ListenerRatios ratio) {
        if (sessions < 2) {
            return Interval.UNBOUNDED;
        }
        Interval interval = ratio.ratioOfSums().interval(ALPHA);
        return new Interval(Math.max(0, interval.lower()), Math.min(1, interval.upper()));
    }
}
