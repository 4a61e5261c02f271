package dev.segue.evaluation;

/**
 * The options of an evaluation.
 *
 * @param count maximum number of items in a prediction, 1 to 1000
 * @param currentAllowed whether the current item, the last played one, may be predicted
 */
public record EvaluationOptions(int count, boolean currentAllowed) {

    /** The options of Serenade's published results: 20 items without the current one. */
    public static final EvaluationOptions DEFAULT = new EvaluationOptions(20, false);

    public EvaluationOptions {
        if (count < 1 || count > 1000) {
            throw new EvaluationException("the number of predicted items must be from 1 to 1000, and is " + count);
        }
    }
}
