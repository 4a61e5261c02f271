package dev.segue.evaluation;

/**
 * How predictions are measured.
 *
 * @param count how many items are predicted
 * @param currentAllowed whether the item that was played last may be predicted
 */
public record EvaluationOptions(int count, boolean currentAllowed) {

    /** As published for Serenade: 20 items, of which none is the one that was played last. */
    public static final EvaluationOptions DEFAULT = new EvaluationOptions(20, false);

    public EvaluationOptions {
        if (count < 1 || count > 1000) {
            throw new EvaluationException("from 1 to 1000 items can be predicted, not " + count);
        }
    }
}
