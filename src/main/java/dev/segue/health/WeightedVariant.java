package dev.segue.health;

import dev.segue.offpolicy.WeightedRewards;

/**
 * A variant of a recommender with its importance weights for the recommendations of a log.
 *
 * @param recommender the recommender's name in the configuration
 */
record WeightedVariant(String recommender, Variant variant, WeightedRewards weights) {

    /** Whether the weights allow an estimate. */
    boolean isAccepted() {
        return weights.problem() == null;
    }
}
