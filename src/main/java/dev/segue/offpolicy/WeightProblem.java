package dev.segue.offpolicy;

/** The reasons to refuse an estimate with importance weights. */
public enum WeightProblem {
    /** The effective sample size is below {@link WeightedRewards#MIN_EFFECTIVE}. */
    FEW,
    /** A part of the policy's choices was never logged: directly, or because the mean weight is below 1. */
    NO_SUPPORT,
    /** The mean weight is above 1: the logged propensities are not the probabilities with which tracks were chosen. */
    WRONG_PROPENSITIES
}
