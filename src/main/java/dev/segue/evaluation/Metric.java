package dev.segue.evaluation;

import java.util.Locale;

/**
 * A metric of a single prediction; its mean over the predictions is reported.
 *
 * <p>As in Serenade's evaluator, the target of {@link #HIT_RATE} and {@link #MRR} is the next item, and the targets of {@link #NDCG},
 * {@link #PRECISION} and {@link #RECALL} are all remaining items of the session.
 */
public enum Metric {
    /** 1 if the next item is predicted, otherwise 0. */
    HIT_RATE,
    /** 1 / the rank of the next item; 0 if it is not predicted. */
    MRR,
    /** The discounted gain of the predicted remaining items, divided by the gain of the ideal prediction. Ranks 1 and 2 have weight 1, rank
     * n > 2 has weight 1 / log₂ n.
     */
    NDCG,
    /** The number of predicted remaining items, divided by the maximum number of predicted items. */
    PRECISION,
    /** The number of predicted remaining items, divided by the number of remaining items (including repeats). */
    RECALL,
    /** The predicted items' mean number of plays in the training sessions, divided by that of the most played item. */
    POPULARITY,
    /** The share of the predicted items that the session already contains. */
    REPEATS;

    /** The name in results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
