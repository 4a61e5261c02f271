package dev.segue.posterior;

import org.jspecify.annotations.Nullable;

/**
 * A linear map from a track's vector to what sessions that begin with it are about, fitted by weighted ridge regression: tracks
 * that seldom began a session borrow from how they are liked. (d + 1) × D numbers, the last row is the constant.
 */
final class ContextLink {

    /** A track that began so many units has half of the weight of one that began very many. */
    private static final double HALF_WEIGHT = 3;

    private ContextLink() {}

    /**
     * Fits the map.
     *
     * @param sums of θ over the units that each track began
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

    /** How far each track's context is expected to be from its artist's. */
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

    /** The expected tastes of sessions that begin with each artist. */
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
