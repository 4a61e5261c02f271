package dev.segue.evaluation;

import dev.segue.analysis.Interval;
import java.util.EnumMap;
import java.util.Map;

/**
 * The metrics of a recommender's predictions.
 *
 * @param sessions how many sessions were predicted
 * @param shortSessions how many sessions of one item there were, which ask for no prediction
 * @param predictions how many predictions were made
 * @param unknownItems how many plays of the sessions are of items that no training session has; they cannot be predicted
 * @param metrics the means over the predictions
 * @param coverage the share of the training sessions' items that were predicted at least once
 * @param p50Micros the median of the time that a prediction takes, in µs
 * @param p90Micros what nine of ten predictions stay below, in µs
 */
public record EvaluationResult(
        int sessions,
        int shortSessions,
        int predictions,
        long unknownItems,
        Map<Metric, Mean> metrics,
        double coverage,
        double p50Micros,
        double p90Micros) {

    public EvaluationResult {
        metrics = new EnumMap<>(metrics);
    }

    /**
     * A mean over predictions.
     *
     * @param value the mean
     * @param interval its 95% confidence interval, with sessions as units; unbounded if there is only one session
     */
    public record Mean(double value, Interval interval) {}

    /** The mean of a metric. */
    public double mean(Metric metric) {
        return mean(metrics, metric).value();
    }

    private static Mean mean(Map<Metric, Mean> metrics, Metric metric) {
        Mean mean = metrics.get(metric);
        if (mean == null) {
            throw new IllegalArgumentException("there is no " + metric.label());
        }
        return mean;
    }
}
