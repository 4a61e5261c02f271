package dev.segue.evaluation;

import java.util.List;

/** A kind of recommender that can be evaluated. It learns from sessions, and predicts with parameters. */
public interface RecommenderKind {

    /** The name on the command line. */
    String name();

    /** The tunable parameters. */
    List<Parameter> parameters();

    /** Learns from sessions in the order of their ends. The model can be used with all values of the parameters. */
    LearnedModel learn(List<ItemSession> train);

    /** A model that was learned from training sessions. */
    interface LearnedModel {

        /** A predictor with the given values of all parameters.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        NextItemPredictor with(Values values);

        /** Warnings for the user, such as the number of ignored sessions; usually empty. */
        default List<String> warnings() {
            return List.of();
        }
    }

    /** Predicts the next items of a session. */
    interface NextItemPredictor {

        /** The most likely next items, best first.
         *
         * @param session the whole session; the predictor may only read the first {@code length} items
         * @param length number of played items, ≥ 1
         * @param count maximum number of predicted items
         * @param currentAllowed whether the last played item may be predicted
         */
        long[] predict(long[] session, int length, int count, boolean currentAllowed);
    }
}
