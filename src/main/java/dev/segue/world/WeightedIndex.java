package dev.segue.world;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws 0, 1, … with probabilities proportional to weights, by binary search in the cumulative weights. */
final class WeightedIndex {

    private final double[] cumulative;

    /** @param weights positive and finite, at least one */
    WeightedIndex(double[] weights) {
        cumulative = weights.clone();
        for (int i = 1; i < cumulative.length; i++) {
            cumulative[i] += cumulative[i - 1];
        }
    }

    int draw(RandomGenerator random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int position = Arrays.binarySearch(cumulative, point);
        return Math.min(position < 0 ? -position - 1 : position + 1, cumulative.length - 1);
    }
}
