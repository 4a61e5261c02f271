package dev.segue.experiment;

import dev.segue.recommend.Recommender;

/**
 * An arm of an experiment.
 *
 * @param name {@code C} for control, then {@code T1}, {@code T2}, …
 * @param weight its share of listeners, relative to the other arms' weights; ≥ 1
 * @param recommender what its listeners are recommended by
 */
public record Treatment(String name, long weight, Recommender recommender) {

    public Treatment {
        if (weight < 1) {
            throw new IllegalArgumentException(
                    "treatment " + name + " has weight " + weight + "; it must be at least 1");
        }
    }
}
