package dev.segue.posterior;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Scores all tracks by their expected shares under a session's posterior, and selects the best.
 *
 * <p>A track's score is γᵏ · Σ_c P_c σ(w_c · [e_t, 1]), where k is the number of its artist's tracks in the session. Logits are computed in
 * blocks that stay in the CPU cache, dimension by dimension, in a loop that the JVM vectorizes. A score is at most the logistic of the
 * track's largest logit, so exponentials are computed only for tracks that may still be among the best.
 */
final class TrackScores {

    private static final int BLOCK = 1024;

    private static final int LARGEST_LOGIT = 16;
    private static final int BINS_PER_LOGIT = 32;
    private static final float[] LOGISTIC = logistic();

    private final int d;

    /** The rows of the tracks that may be recommended. */
    private final int[] rows;

    /** d × tracks: the vectors e_t of these tracks, transposed. */
    private final float[][] coordinates;

    /** @param allowed accepts the rows of the tracks that may be recommended */
    TrackScores(SessionModel model, IntPredicate allowed) {
        d = model.d();
        rows = IntStream.range(0, model.tracks().count()).filter(allowed).toArray();
        coordinates = new float[d][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < d; i++) {
                coordinates[i][row] = (float) model.tracks().means()[rows[row] * d + i];
            }
        }
    }

    private static float[] logistic() {
        float[] values = new float[2 * LARGEST_LOGIT * BINS_PER_LOGIT + 1];
        for (int bin = 0; bin < values.length; bin++) {
            double logit = (double) bin / BINS_PER_LOGIT - LARGEST_LOGIT;
            values[bin] = Math.nextUp((float) (1 / (1 + Math.exp(-logit))));
        }
        values[values.length - 1] = 1;
        return values;
    }

    /** The number of tracks that may be recommended. */
    int size() {
        return rows.length;
    }

    /** Tracks with their scores, best first. */
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    record Best(int[] rows, double[] scores) {}

    /** The best tracks.
     *
     * @param factors the factor of a track's expected share, 0 to 1
     * @param excluded accepts tracks that must not be recommended
     * @param count maximum number of tracks
     */
    Best best(SessionPosterior posterior, IntToDoubleFunction factors, IntPredicate excluded, int count) {
        int components = posterior.components();
        float[][] logits = new float[components][BLOCK];
        var best = new TopTracks(count);
        for (int from = 0; from < rows.length; from += BLOCK) {
            int length = Math.min(BLOCK, rows.length - from);
            for (int c = 0; c < components; c++) {
                logits(posterior.mean(c), from, length, logits[c]);
            }
            for (int i = 0; i < length; i++) {
                float largest = logits[0][i];
                for (int c = 1; c < components; c++) {
                    largest = Math.max(largest, logits[c][i]);
                }
                if (largest > best.minLogit
                        && (components == 1 || bound(posterior, logits, i) > best.minScore)
                        && !excluded.test(rows[from + i])) {
                    double score = 0;
                    for (int c = 0; c < components; c++) {
                        score += posterior.weight(c) / (1 + Math.exp(-logits[c][i]));
                    }
                    best.add(rows[from + i], score * factors.applyAsDouble(rows[from + i]));
                }
            }
        }
        return best.sorted();
    }

    /** An upper bound of Σ_c P_c σ(z_c), which reads the logistic from a table at the next larger logit. */
    private static double bound(SessionPosterior posterior, float[][] logits, int i) {
        double bound = 0;
        for (int c = 0; c < posterior.components(); c++) {
            int bin = (int) ((logits[c][i] + LARGEST_LOGIT) * BINS_PER_LOGIT) + 1;
            bound += posterior.weight(c) * LOGISTIC[Math.max(0, Math.min(LOGISTIC.length - 1, bin))];
        }
        return bound;
    }

    private void logits(double[] w, int from, int length, float[] logits) {
        Arrays.fill(logits, 0, length, (float) w[d]);
        int i = 0;
        for (; i + 3 < d; i += 4) { // four at a time: a quarter of the loads and stores of logits
            addFour(w, i, from, length, logits);
        }
        for (; i < d; i++) {
            float[] coordinate = coordinates[i];
            float weight = (float) w[i];
            for (int t = 0; t < length; t++) {
                logits[t] += weight * coordinate[from + t];
            }
        }
    }

    private void addFour(double[] w, int i, int from, int length, float[] logits) {
        float[] c0 = coordinates[i];
        float[] c1 = coordinates[i + 1];
        float[] c2 = coordinates[i + 2];
        float[] c3 = coordinates[i + 3];
        float w0 = (float) w[i];
        float w1 = (float) w[i + 1];
        float w2 = (float) w[i + 2];
        float w3 = (float) w[i + 3];
        for (int t = 0; t < length; t++) {
            logits[t] += w0 * c0[from + t] + w1 * c1[from + t] + w2 * c2[from + t] + w3 * c3[from + t];
        }
    }

    /** The best tracks so far, in a binary heap whose root is the worst of them. */
    private static final class TopTracks {
        private final int[] rows;
        private final double[] scores;
        private int size;
        /** A track must have a larger logit to be among the best. */
        private float minLogit = Float.NEGATIVE_INFINITY;
        /** A track must have a larger score to be among the best. */
        private double minScore = -1;

        TopTracks(int count) {
            rows = new int[count];
            scores = new double[count];
        }

        void add(int track, double score) {
            if (size < rows.length) {
                rows[size] = track;
                scores[size] = score;
                up(size++);
            } else if (score > scores[0]) {
                rows[0] = track;
                scores[0] = score;
                down(0);
            }
            if (size == rows.length) {
                minScore = scores[0];
                double min = Math.min(scores[0], 1 - 1e-12);
                minLogit = (float) (Math.log(min / (1 - min)) - 1e-4);
            }
        }

        private void up(int from) {
            int i = from;
            while (i > 0 && scores[i] < scores[(i - 1) / 2]) {
                swap(i, (i - 1) / 2);
                i = (i - 1) / 2;
            }
        }

        private void down(int from) {
            int i = from;
            while (2 * i + 1 < size) {
                int child = 2 * i + 1;
                if (child + 1 < size && scores[child + 1] < scores[child]) {
                    child++;
                }
                if (scores[i] <= scores[child]) {
                    return;
                }
                swap(i, child);
                i = child;
            }
        }

        private void swap(int i, int j) {
            int id = rows[i];
            rows[i] = rows[j];
            rows[j] = id;
            double score = scores[i];
            scores[i] = scores[j];
            scores[j] = score;
        }

        Best sorted() {
            int count = size;
            int[] best = new int[count];
            double[] bestScores = new double[count];
            for (int i = count - 1; i >= 0; i--) {
                best[i] = rows[0];
                bestScores[i] = scores[0];
                size--;
                rows[0] = rows[size];
                scores[0] = scores[size];
                down(0);
            }
            return new Best(best, bestScores);
        }
    }
}
