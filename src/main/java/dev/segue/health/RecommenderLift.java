package dev.segue.health;

import dev.segue.analysis.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The estimated increase of the share played of the next track by a recommender in its best variant, whose lift has the largest lower
 * bound.
 *
 * @param recommender its name in the configuration
 * @param learned whether it was learned from a log; estimates from that log are then too high
 * @param variants number of evaluated variants
 * @param best its best variant; null if it has no estimate
 * @param refusal the reason why it has no estimate; null if it has one
 */
public record RecommenderLift(
        String recommender,
        boolean learned,
        int variants,
        @Nullable Estimated best,
        @Nullable String refusal) {

    /**
     * An estimate.
     *
     * @param variant the variant
     * @param value the mean share played of the next track, 0 to 1
     * @param lift value / mean of the logged recommendations − 1
     * @param interval an interval of the lift; the intervals of all variants of all recommenders hold together with probability 95%
     * @param effectiveSampleSize Kish's effective sample size, (Σ w)² / Σ w²
     */
    public record Estimated(Variant variant, double value, double lift, Interval interval, double effectiveSampleSize) {

        /** Whether the lift is significantly above 0. */
        public boolean isBetter() {
            return interval.lower() > 0;
        }
    }
}
