package dev.segue.offpolicy;

/** Why importance weights cannot carry an estimate. */
public enum WeightProblem {
    /** Their effective sample size is below {@link WeightedRewards#LEAST_EFFECTIVE}. */
    FEW,
    /** Their mean is below 1: what was logged cannot choose a part of what the policy chooses. */
    NO_SUPPORT,
    /** Their mean is above 1: the logged propensities are not the probabilities with which tracks were chosen. */
    WRONG_PROPENSITIES
}
