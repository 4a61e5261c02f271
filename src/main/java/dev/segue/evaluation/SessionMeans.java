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

    /** Adds a session.
     *
     * @param sums sum of each metric over the session's predictions
     * @param sessionPredictions number of the session's predictions; a session without predictions is ignored
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

    /** The number of sessions with predictions. */
    int sessions() {
        return sessions;
    }

    Map<Metric, Mean> means() {
        Map<Metric, Mean> means = new EnumMap<>(Metric.class);
        ratios.forEach((metric, ratio) ->
                means.put(metric, new Mean(totals.getOrDefault(metric, 0.0) / predictions, interval(ratio))));
        return means;
    }

    /** Limited to 0 to 1, the range of all metrics. */
    private Interval interval(ListenerRatios ratio) {
        if (sessions < 2) {
            return Interval.UNBOUNDED;
        }
        Interval interval = ratio.ratioOfSums().interval(ALPHA);
        return new Interval(Math.max(0, interval.lower()), Math.min(1, interval.upper()));
    }
}
