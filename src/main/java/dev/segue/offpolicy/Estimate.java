package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The result of an estimator for a log.
 *
 * @param estimator the estimator's name
 * @param value the estimate; NaN if it is refused
 * @param effectiveSampleSize Kish's effective sample size of the importance weights, (Σw)² / Σw²; NaN without weights
 * @param bootstrap the bootstrap interval over listeners; null if the estimate is refused
 * @param bernstein the empirical Bernstein interval; null if the estimate is refused or is not a mean
 * @param parameter name and value of a parameter that was chosen by the data, such as {@code lambda=100}; empty if there is none
 * @param refusal the reason for the refusal and a remedy; null if there is an estimate
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

    /** Whether the estimate is refused because the log does not support it. */
    public boolean isRefused() {
        return refusal != null;
    }
}
