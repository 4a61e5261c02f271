package dev.segue.health;

import dev.segue.analysis.Interval;
import org.jspecify.annotations.Nullable;

/**
 * By how much a recommender would have raised the share played of the next track, in its best variant: the one whose lift has the
 * largest lower bound.
 *
 * @param recommender its name in the configuration
 * @param learned whether it was learned from a log, and so is overrated by that one
 * @param variants how many variants were tried
 * @param best its best variant; null if it has no estimate
 * @param refusal why it has none; null if it has one
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
     * @param variant how the recommender would be served
     * @param value the mean share played of the next track, 0 to 1
     * @param lift by what share the value is above the mean of what was logged; 0.1 is 10% more
     * @param interval a 95% interval of the lift, for all variants of all recommenders at once
     * @param effectiveSampleSize how many decisions are as good as the weighted ones
     */
    public record Estimated(Variant variant, double value, double lift, Interval interval, double effectiveSampleSize) {

        /** Whether it is shown to be better than what was logged. */
        public boolean isBetter() {
            return interval.lower() > 0;
        }
    }
}
