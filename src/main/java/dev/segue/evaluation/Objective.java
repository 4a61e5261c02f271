package dev.segue.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The value that a search maximises. */
public enum Objective {
    /** The mean of {@link Metric#MRR}, {@link Metric#NDCG} and {@link Metric#HIT_RATE}. */
    MEAN,
    /** {@link Metric#MRR}. */
    MRR,
    /** {@link Metric#NDCG}. */
    NDCG,
    /** {@link Metric#HIT_RATE}. */
    HIT_RATE,
    /** {@link Metric#RECALL}. */
    RECALL,
    /** {@link Metric#PRECISION}. */
    PRECISION;

    private List<Metric> metrics() {
        return switch (this) {
            case MEAN -> List.of(Metric.MRR, Metric.NDCG, Metric.HIT_RATE);
            case MRR -> List.of(Metric.MRR);
            case NDCG -> List.of(Metric.NDCG);
            case HIT_RATE -> List.of(Metric.HIT_RATE);
            case RECALL -> List.of(Metric.RECALL);
            case PRECISION -> List.of(Metric.PRECISION);
        };
    }

    /** The name in results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The objective's value, given the metrics by their labels. */
    double of(Map<String, Double> values) {
        return metrics().stream()
                .mapToDouble(metric -> Objects.requireNonNull(values.get(metric.label()), metric.label()))
                .average()
                .orElseThrow();
    }
}
