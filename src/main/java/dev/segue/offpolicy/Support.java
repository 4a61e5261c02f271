package dev.segue.offpolicy;

import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Sample;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether weights can carry an estimate. Their effective sample size tells how many decisions are as good as all of them. Their mean
 * is 1 if the propensities are right and the logging policy may choose whatever the target policy chooses: it is less by the probability
 * that the target policy gives to actions that were never logged.
 *
 * @param mean the mean weight
 * @param error its standard error over units
 */
record Support(double mean, double error) {

    /** Estimates with fewer are refused. */
    static final double LEAST_EFFECTIVE = 100;

    /** By how much the mean weight may differ from 1 whatever its error, and how many errors it may be off. */
    static final double TOLERANCE = 0.05;

    private static final double ERRORS = 3.29; // two-sided, p = 0.001

    private static final String REMEDY =
            "log with exploration (a recommender of type random, or \"exploration\" of type session)";

    /**
     * The support of weights.
     *
     * @param weights the sums of each unit's weights
     * @param counts how many each unit has
     */
    static Support of(double[] weights, long[] counts) {
        var ratios = new ListenerRatios();
        for (int unit = 0; unit < weights.length; unit++) {
            ratios.add(weights[unit], (double) counts[unit]);
        }
        if (weights.length < 2) {
            return new Support(Double.NaN, Double.NaN);
        }
        Sample sample = ratios.ratioOfSums();
        return new Support(sample.mean(), Math.sqrt(sample.squaredError()));
    }

    /** What is wrong with weights, by which an estimate is refused; null if nothing is. */
    @Nullable
    WeightProblem problem(double effectiveSampleSize) {
        if (!(effectiveSampleSize >= LEAST_EFFECTIVE)) {
            return WeightProblem.FEW;
        }
        return meanProblem();
    }

    /** What is wrong with the mean of weights, however many there are; null if it may be 1. */
    @Nullable
    WeightProblem meanProblem() {
        if (!(Math.abs(mean - 1) > Math.max(TOLERANCE, ERRORS * error))) {
            return null;
        }
        return mean < 1 ? WeightProblem.NO_SUPPORT : WeightProblem.WRONG_PROPENSITIES;
    }

    /** Why an estimate is refused, with the remedy; null if it is not. */
    @Nullable
    String refusal(double effectiveSampleSize) {
        @Nullable WeightProblem problem = problem(effectiveSampleSize);
        if (problem == null) {
            return null;
        }
        return switch (problem) {
            case FEW ->
                String.format(
                        Locale.ROOT,
                        "the effective sample size is %.1f, below %.0f: the log has too little of what the policy would choose;"
                                + " %s, or log more",
                        effectiveSampleSize,
                        LEAST_EFFECTIVE,
                        REMEDY);
            case NO_SUPPORT ->
                String.format(
                        Locale.ROOT,
                        "the mean weight is %.3f instead of 1: what was logged has no support for %.0f%% of what the policy would"
                                + " choose; evaluate only an arm that explores (--arm), or %s",
                        mean,
                        100 * (1 - mean),
                        REMEDY);
            case WRONG_PROPENSITIES ->
                String.format(
                        Locale.ROOT,
                        "the mean weight is %.3f instead of 1: the logged propensities are not the probabilities with which tracks"
                                + " were chosen; correct what writes them",
                        mean);
        };
    }
}
