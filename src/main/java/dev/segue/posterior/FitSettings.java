package dev.segue.posterior;

/**
 * How a session model is fitted. The defaults are the best of those that were tried on the bundled log.
 *
 * @param d how many coordinates a track has, 1 to 64
 * @param kappa how many pseudo-trials a playback counts as in the last stages
 * @param firstWeight the weight of a first track as a playback of its unit, beside a recommended track's 1
 * @param alpha how much surer n distinct first tracks make a unit's prior: its covariance is Sx·n^−α
 * @param leastContext what is added to the variances of contexts around their artist's, so that rare ones stay movable
 * @param seed of the start
 */
public record FitSettings(int d, double kappa, double firstWeight, double alpha, double leastContext, long seed) {

    private static final int MOST_DIMENSIONS = 64;

    public FitSettings {
        if (d < 1 || d > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("a session model has 1 to " + MOST_DIMENSIONS + " dimensions, not " + d);
        }
        if (!(kappa > 0) || !(firstWeight >= 0) || !(alpha >= 0) || !(leastContext >= 0)) {
            throw new IllegalArgumentException(
                    "kappa must be above 0, and first weight, alpha and least context 0 or more");
        }
    }

    /** The defaults. */
    public static FitSettings of(int d, long seed) {
        return new FitSettings(d, 8, 0.3, 0.5, 0.01, seed);
    }

    FitSettings withKappa(double other) {
        return new FitSettings(d, other, firstWeight, alpha, leastContext, seed);
    }
}
