package dev.segue.evaluation;

import dev.segue.analysis.Interval;
import java.util.EnumMap;
import java.util.Map;

/**
 * The metrics of a recommender's predictions.
 *
 * @param sessions number of sessions with predictions
 * @param shortSessions number of sessions of one item, which have no prediction
 * @param predictions number of predictions
 * @param unknownItems number of plays of items that are not in the training sessions and cannot be predicted
 * @param metrics the means of the metrics over the predictions
 * @param coverage the share of the training sessions' items that were predicted at least once, 0 to 1
 * @param p50Micros median duration of a prediction, in µs
 * @param p90Micros 90th percentile of the duration of a prediction, in µs
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
     * @param interval the 95% confidence interval, with sessions as units; unbounded for a single session
     */
    public record Mean(double value, Interval interval) {}

    /** The mean of a metric. */
    public double mean(Metric metric) {
        return mean(metrics, metric).value();
    }

    private static Mean mean(Map<Metric, Mean> metrics, Metric metric) {
        Mean mean = metrics.get(metric);
        if (mean == null) {
            throw new IllegalArgumentException("there is no metric " + metric.label());
        }
        return mean;
    }
}
