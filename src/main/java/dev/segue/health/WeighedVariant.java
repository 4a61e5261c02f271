package dev.segue.health;

import dev.segue.offpolicy.WeightedRewards;

/**
 * A variant of a recommender with its weights on the recommendations of a log.
 *
 * @param recommender its name in the configuration
 */
record WeighedVariant(String recommender, Variant variant, WeightedRewards weights) {

    /** Whether the weights can carry an estimate. */
    boolean isAccepted() {
        return weights.problem() == null;
    }
}
