package dev.segue.evaluation;

import java.util.Locale;

/**
 * A figure of single predictions, of which the mean is reported.
 *
 * <p>As in Serenade's evaluator, {@link #HIT_RATE} and {@link #MRR} look for the next item only, and the others for all items that are
 * left of the session.
 */
public enum Metric {
    /** Whether the next item is predicted. */
    HIT_RATE,
    /** 1 over the place of the next item, 0 if it is not predicted. */
    MRR,
    /**
     * The discounted gain of the predicted items that come later, over that of the items that do come, in their order. The first two
     * places weigh 1, place n weighs 1 / log₂ n.
     */
    NDCG,
    /** How many distinct items that come later are predicted, over how many items are wanted. */
    PRECISION,
    /** How many distinct items that come later are predicted, over how many items come. */
    RECALL,
    /** How often the predicted items were played in the training sessions, over how often the most played one was: the mean over the predicted. */
    POPULARITY,
    /** The share of the predicted items that the session has had already. */
    REPEATS;

    /** The name in figures. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
