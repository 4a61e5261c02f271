package dev.segue.content;

import java.util.Arrays;

/**
 * The features of one track that the search looks up in the index, those of the fewest tracks first, with upper bounds of what the rest
 * can add to a similarity. Years within {@link FeatureVectors#YEAR_SPAN} are features, of which another track has at most one. Reusable.
 */
final class QueryTerms {

    private final FeatureVectors vectors;
    private final InvertedIndex index;
    private int[] features = new int[32];
    private float[] weights = new float[32];
    private double[] bounds = new double[33];
    private int size;

    QueryTerms(FeatureVectors vectors, InvertedIndex index) {
        this.vectors = vectors;
        this.index = index;
    }

    /** Replaces the terms by those of a row. */
    void of(int row) {
        int capacity = vectors.end(row) - vectors.start(row) + 2 * FeatureVectors.YEAR_SPAN;
        if (capacity > features.length) {
            features = new int[capacity];
            weights = new float[capacity];
            bounds = new double[capacity + 1];
        }
        size = 0;
        for (int i = vectors.start(row); i < vectors.end(row); i++) {
            add(vectors.feature(i), vectors.weight(i));
        }
        if (vectors.yearWeight(row) > 0) {
            for (int by = 1 - FeatureVectors.YEAR_SPAN; by < FeatureVectors.YEAR_SPAN; by++) {
                int feature = index.ofYear(vectors.year(row) + by);
                if (feature >= 0) {
                    add(feature, vectors.yearWeight(row) * FeatureVectors.yearKernel(by));
                }
            }
        }
        sort();
        computeBounds();
    }

    private void add(int feature, float weight) {
        if (weight > 0 && index.length(feature) > 0) {
            features[size] = feature;
            weights[size++] = weight;
        }
    }

    /** Sorts by the number of rows, ties by feature. */
    private void sort() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = (long) index.length(features[i]) << Integer.SIZE | i;
        }
        Arrays.sort(order);
        int[] unsortedFeatures = Arrays.copyOf(features, size);
        float[] unsortedWeights = Arrays.copyOf(weights, size);
        for (int i = 0; i < size; i++) {
            features[i] = unsortedFeatures[(int) order[i]];
            weights[i] = unsortedWeights[(int) order[i]];
        }
    }

    /**
     * The bound of the terms from i on is the smaller one of two: the sum of each weight times the largest weight of the feature in any
     * track, and the length of the terms' vector, by Cauchy and Schwarz, since the other vector is not longer than 1.
     */
    private void computeBounds() {
        bounds[size] = 0;
        double sum = 0;
        double squares = 0;
        double maxYear = 0;
        double maxYearWeight = 0;
        for (int i = size - 1; i >= 0; i--) {
            double largest = (double) weights[i] * index.maxWeight(features[i]);
            if (index.isYear(features[i])) {
                maxYear = Math.max(maxYear, largest);
                maxYearWeight = Math.max(maxYearWeight, weights[i]);
            } else {
                sum += largest;
                squares += (double) weights[i] * weights[i];
            }
            bounds[i] = Math.min(sum + maxYear, Math.sqrt(squares + maxYearWeight * maxYearWeight));
        }
    }

    int size() {
        return size;
    }

    int feature(int term) {
        return features[term];
    }

    float weight(int term) {
        return weights[term];
    }

    /** An upper bound of the similarity that the terms from this one on can add for any track; 0 after the last one. */
    double bound(int term) {
        return bounds[term];
    }
}
