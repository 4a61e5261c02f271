package dev.segue.offpolicy;

/**
 * Counts of what an off-policy evaluation met in a log.
 *
 * @param sessions sessions whose requests are all there
 * @param withoutBeginning sessions that were left out, since their first or other requests are missing in the log: what a policy would
 *     have known is not known
 * @param otherArms sessions that were left out since they are not in the arm that was asked for
 * @param decisions recommendations in these sessions
 * @param withoutRecommendation requests that got no track
 * @param withoutReward recommendations that nothing is known about, since the listener's following event is missing
 * @param withoutPropensity recommendations without a propensity
 * @param wrongPropensity recommendations with a propensity that is not above 0 and at most 1
 * @param otherPlayed recommendations after which another track was played; their reward is 0
 * @param unknownTracks recommended tracks that the catalog does not have; no policy chooses them
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

    /** Whether any recommendation has a usable propensity. */
    public boolean hasPropensities() {
        return withoutPropensity + wrongPropensity < decisions;
    }
}
