package dev.segue.posterior;

/**
 * The settings of the fit of a session model. The defaults were tuned on the bundled log.
 *
 * @param d dimensions of a track's vector, 1 to 64
 * @param kappa κ > 0: the number of pseudo-trials of a playback in the last stages
 * @param firstWeight weight ≥ 0 of a first track as a playback of its unit; recommended tracks have weight 1
 * @param alpha α ≥ 0: the prior covariance of a unit with n distinct first tracks is Sx·n^−α
 * @param leastContext added to the variances of contexts around their artist's, ≥ 0, so that those of rare tracks can still change
 * @param seed the seed of the initial vectors
 */
public record FitSettings(int d, double kappa, double firstWeight, double alpha, double leastContext, long seed) {

    private static final int MAX_DIMENSIONS = 64;

    public FitSettings {
        if (d < 1 || d > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("a session model has 1 to " + MAX_DIMENSIONS + " dimensions, not " + d);
        }
        if (!(kappa > 0) || !(firstWeight >= 0) || !(alpha >= 0) || !(leastContext >= 0)) {
            throw new IllegalArgumentException(
                    "kappa must be above 0; firstWeight, alpha and leastContext must be at least 0");
        }
    }

    /** The default settings. */
    public static FitSettings of(int d, long seed) {
        return new FitSettings(d, 8, 0.3, 0.5, 0.01, seed);
    }

    FitSettings withKappa(double other) {
        return new FitSettings(d, other, firstWeight, alpha, leastContext, seed);
    }
}
