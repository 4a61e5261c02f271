package dev.segue.offpolicy;

import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Sample;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a log supports an estimate with importance weights. The effective sample size must be large enough, and the mean weight
 * must be near 1: its expected value is 1 if the propensities are correct and the logging policy can choose all actions of the target
 * policy. Otherwise it is smaller by the target policy's probability of the actions that the logging policy never chooses.
 *
 * @param mean the mean weight
 * @param error the standard error of the mean over units
 */
record Support(double mean, double error) {

    /** The minimum effective sample size. */
    static final double MIN_EFFECTIVE = 100;

    /** The mean weight may differ from 1 by this, or by {@link #ERRORS} standard errors if that is more. */
    static final double TOLERANCE = 0.05;

    private static final double ERRORS = 3.29; // two-sided, p = 0.001

    private static final String REMEDY =
            "log with exploration (a recommender of type random, or \"exploration\" of type session)";

    /** Computes the mean weight and its error.
     *
     * @param weights the sum of each unit's weights
     * @param counts the number of each unit's weights
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

    /** The reason to refuse an estimate with the weights; null if there is none. */
    @Nullable
    WeightProblem problem(double effectiveSampleSize) {
        if (!(effectiveSampleSize >= MIN_EFFECTIVE)) {
            return WeightProblem.FEW;
        }
        return meanProblem();
    }

    /** The reason to refuse an estimate because of the mean weight, independent of the effective sample size; null if there is none. */
    @Nullable
    WeightProblem meanProblem() {
        if (!(Math.abs(mean - 1) > Math.max(TOLERANCE, ERRORS * error))) {
            return null;
        }
        return mean < 1 ? WeightProblem.NO_SUPPORT : WeightProblem.WRONG_PROPENSITIES;
    }

    /** The text of {@link #problem}, with a remedy; null if there is no problem. */
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
                        "the effective sample size is %.1f, below %.0f: the log has too few of the policy's choices;"
                                + " %s, or log more",
                        effectiveSampleSize,
                        MIN_EFFECTIVE,
                        REMEDY);
            case NO_SUPPORT ->
                String.format(
                        Locale.ROOT,
                        "the mean weight is %.3f instead of 1: the log has no support for %.0f%% of the policy's choices;"
                                + " evaluate only an arm that explores (--arm), or %s",
                        mean,
                        100 * (1 - mean),
                        REMEDY);
            case WRONG_PROPENSITIES ->
                String.format(
                        Locale.ROOT,
                        "the mean weight is %.3f instead of 1: the logged propensities are not the probabilities with which tracks"
                                + " were chosen; correct the software that logs them",
                        mean);
        };
    }
}
