package dev.segue.offpolicy;

/**
 * The options of estimates.
 *
 * @param alpha 1 − the confidence level of intervals, between 0 and 1
 * @param horizon number of a session's recommendations in an estimate for sessions, ≥ 1
 * @param seed the seed of the bootstrap and of the model's folds
 */
public record EstimateOptions(double alpha, int horizon, long seed) {

    /** The default of {@link #alpha}, for 95% intervals. */
    public static final double ALPHA = 0.05;

    public EstimateOptions {
        if (!(alpha > 0 && alpha < 1) || horizon < 1) {
            throw new IllegalArgumentException(
                    "alpha must be between 0 and 1, is " + alpha + "; horizon must be at least 1, is " + horizon);
        }
    }
}
