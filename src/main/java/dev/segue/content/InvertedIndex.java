package dev.segue.content;

import dev.segue.catalog.TrackFilter;

/**
 * The rows of each feature with their weights, in ascending order of the rows. A year is a feature too, after the features of {@link
 * FeatureVectors}. Features without weight are left out.
 */
final class InvertedIndex {

    private static final int YEARS = TrackFilter.MAX_YEAR - TrackFilter.MIN_YEAR + 1;

    private final int features;
    private final int[] offsets;
    private final int[] rows;
    private final float[] weights;
    private final float[] maxWeights;

    InvertedIndex(FeatureVectors vectors) {
        features = vectors.features();
        offsets = new int[features + YEARS + 1];
        visit(vectors, (feature, row, weight) -> offsets[feature + 1]++);
        for (int feature = 0; feature < features + YEARS; feature++) {
            offsets[feature + 1] += offsets[feature];
        }
        rows = new int[offsets[features + YEARS]];
        weights = new float[rows.length];
        maxWeights = new float[features + YEARS];
        int[] next = offsets.clone();
        visit(vectors, (feature, row, weight) -> {
            rows[next[feature]] = row;
            weights[next[feature]++] = weight;
            maxWeights[feature] = Math.max(maxWeights[feature], weight);
        });
    }

    private interface Visitor {
        void visit(int feature, int row, float weight);
    }

    private void visit(FeatureVectors vectors, Visitor visitor) {
        for (int row = 0; row < vectors.rows(); row++) {
            for (int i = vectors.start(row); i < vectors.end(row); i++) {
                if (vectors.weight(i) > 0) {
                    visitor.visit(vectors.feature(i), row, vectors.weight(i));
                }
            }
            if (vectors.yearWeight(row) > 0) {
                visitor.visit(ofYear(vectors.year(row)), row, vectors.yearWeight(row));
            }
        }
    }

    /** The feature of a year; -1 if there is none, because the year is not from 1000 to 2999. */
    int ofYear(int year) {
        return year < TrackFilter.MIN_YEAR || year >= TrackFilter.MIN_YEAR + YEARS
                ? -1
                : features + year - TrackFilter.MIN_YEAR;
    }

    /** Whether a feature is a year. */
    boolean isYear(int feature) {
        return feature >= features;
    }

    /** The position of a feature's first row, for {@link #row} and {@link #weight}. */
    int start(int feature) {
        return offsets[feature];
    }

    /** The number of a feature's rows. */
    int length(int feature) {
        return offsets[feature + 1] - offsets[feature];
    }

    int row(int position) {
        return rows[position];
    }

    float weight(int position) {
        return weights[position];
    }

    /** The largest weight of a feature in any row. */
    float maxWeight(int feature) {
        return maxWeights[feature];
    }
}
