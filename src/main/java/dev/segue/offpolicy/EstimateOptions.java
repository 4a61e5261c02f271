package dev.segue.offpolicy;

/**
 * How estimates are made.
 *
 * @param alpha how often an interval may miss, between 0 and 1
 * @param horizon how many of a session's recommendations an estimate for sessions covers, at least 1
 * @param seed of the bootstrap and of the model's folds
 */
public record EstimateOptions(double alpha, int horizon, long seed) {

    /** 95% intervals. */
    public static final double ALPHA = 0.05;

    public EstimateOptions {
        if (!(alpha > 0 && alpha < 1) || horizon < 1) {
            throw new IllegalArgumentException(
                    "alpha " + alpha + " must be between 0 and 1, horizon " + horizon + " at least 1");
        }
    }
}
