package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The result of an estimator for a log.
 *
 * @param estimator its name
 * @param value the estimate; NaN if it is refused
 * @param effectiveSampleSize Kish's, (Σw)² / Σw² of the importance weights; NaN without weights
 * @param bootstrap an interval by resampling listeners; null if the estimate is refused
 * @param bernstein an empirical Bernstein interval; null if the estimate is refused or is no mean
 * @param parameter name and value of a parameter that was chosen by the data, such as {@code lambda=100}; empty without one
 * @param refusal why there is no estimate, and the remedy; null if there is one
 */
public record Estimate(
        String estimator,
        double value,
        double effectiveSampleSize,
        @Nullable Interval bootstrap,
        @Nullable Interval bernstein,
        String parameter,
        @Nullable String refusal) {

    static Estimate refused(String estimator, double effectiveSampleSize, String refusal) {
        return new Estimate(estimator, Double.NaN, effectiveSampleSize, null, null, "", refusal);
    }

    /** Whether there is an estimate. */
    public boolean isRefused() {
        return refusal != null;
    }
}
