package dev.segue.posterior;

import org.jspecify.annotations.Nullable;

/**
 * A linear map from a track's vector e_t to its context vector, fitted by weighted ridge regression. It gives a prior to the contexts of
 * tracks that rarely started a session. A (d + 1) × D matrix, row by row; the last row is the constant.
 */
final class ContextLink {

    /** The number of started units at which a track has half of the maximum weight. */
    private static final double HALF_WEIGHT = 3;

    private ContextLink() {}

    /** Fits the map.
     *
     * @param tracks e_t of each track, tracks × d
     * @param sums the sum of θ over the units that each track started, tracks × D
     * @param counts the number of units that each track started
     */
    static double[] fit(double[] tracks, double[] sums, int[] counts, int d) {
        int n = d + 1;
        double[] square = Packed.identity(n, 1);
        double[] right = new double[n * n]; // by column of the target
        double[] x = new double[n];
        x[d] = 1;
        for (int t = 0; t < counts.length; t++) {
            if (counts[t] > 0) {
                System.arraycopy(tracks, t * d, x, 0, d);
                double weight = counts[t] / (counts[t] + HALF_WEIGHT);
                Packed.addOuter(square, 0, weight, x, 0, n);
                for (int column = 0; column < n; column++) {
                    Packed.add(right, column * n, weight * sums[t * n + column] / counts[t], x, 0, n);
                }
            }
        }
        Packed.factor(square, 0, n);
        double[] map = new double[n * n];
        for (int column = 0; column < n; column++) {
            Packed.solve(square, 0, n, right, column * n);
            for (int row = 0; row < n; row++) {
                map[row * n + column] = right[column * n + row];
            }
        }
        return map;
    }

    /** The expected difference between each track's context and its artist's, tracks × D; zeros without a map. */
    static double[] offsets(double @Nullable [] map, SessionData data, double[] tracks, double[] artists, int d) {
        int n = d + 1;
        double[] offsets = new double[data.tracks() * n];
        if (map != null) {
            for (int t = 0; t < data.tracks(); t++) {
                for (int i = 0; i < d; i++) {
                    double deviation = tracks[t * d + i] - artists[data.artist(t) * d + i];
                    Packed.add(offsets, t * n, deviation, map, i * n, n);
                }
            }
        }
        return offsets;
    }

    /** The prior mean of each artist's context, artists × D; {@code mean} without a map. */
    static double[] artistPriors(double @Nullable [] map, double[] artists, double[] mean, int count, int d) {
        int n = d + 1;
        double[] priors = new double[count * n];
        for (int a = 0; a < count; a++) {
            if (map == null) {
                System.arraycopy(mean, 0, priors, a * n, n);
                continue;
            }
            System.arraycopy(map, d * n, priors, a * n, n);
            for (int i = 0; i < d; i++) {
                Packed.add(priors, a * n, artists[a * d + i], map, i * n, n);
            }
        }
        return priors;
    }
}
