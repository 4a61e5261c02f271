package dev.segue.world;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws 0, 1, … with probabilities proportional to given weights, by binary search in their running sums. */
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
        int found = Arrays.binarySearch(cumulative, point);
        return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    }
}
