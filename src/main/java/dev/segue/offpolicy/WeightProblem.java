package dev.segue.offpolicy;

/** Why importance weights cannot carry an estimate. */
public enum WeightProblem {
    /** Their effective sample size is below {@link WeightedRewards#LEAST_EFFECTIVE}. */
    FEW,
    /** A part of the policy's choices was never logged, or their mean is below 1, which shows the same. */
    NO_SUPPORT,
    /** Their mean is above 1: the logged propensities are not the probabilities with which tracks were chosen. */
    WRONG_PROPENSITIES
}
