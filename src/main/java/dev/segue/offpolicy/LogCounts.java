package dev.segue.offpolicy;

/**
 * Counts of the log of an off-policy evaluation.
 *
 * @param sessions number of complete sessions
 * @param withoutBeginning number of ignored sessions with missing requests, for which the policy's input cannot be reproduced
 * @param otherArms number of ignored sessions that are not in the requested arm throughout
 * @param decisions number of recommendations in the complete sessions
 * @param withoutRecommendation number of requests without a recommended track
 * @param withoutReward number of recommendations without a known reward, since the listener's next event is missing
 * @param withoutPropensity number of recommendations without a propensity
 * @param wrongPropensity number of recommendations with an invalid propensity, not above 0 and at most 1
 * @param otherPlayed number of recommendations after which another track was played; their reward is 0
 * @param unknownTracks number of recommended tracks that are not in the catalog; policies cannot choose them
 */
public record LogCounts(
        long sessions,
        long withoutBeginning,
        long otherArms,
        long decisions,
        long withoutRecommendation,
        long withoutReward,
        long withoutPropensity,
        long wrongPropensity,
        long otherPlayed,
        long unknownTracks) {

    /** Whether at least one recommendation has a valid propensity. */
    public boolean hasPropensities() {
        return withoutPropensity + wrongPropensity < decisions;
    }
}
