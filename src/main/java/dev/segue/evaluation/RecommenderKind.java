package dev.segue.evaluation;

import java.util.List;

/** A way to recommend that can be evaluated: it learns from sessions, and predicts by parameters. */
public interface RecommenderKind {

    /** The name on the command line. */
    String name();

    /** The parameters that it can be tuned by. */
    List<Parameter> parameters();

    /** Learns from sessions in the order of their ends, once for all values of its parameters. */
    Learned learn(List<ItemSession> train);

    /** A model that was learned. */
    interface Learned {

        /**
         * Predicts with values of all parameters.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        NextItems with(Values values);

        /** Remarks for the reader of the figures, such as on sessions that were left out; mostly none. */
        default List<String> warnings() {
            return List.of();
        }
    }

    /** Predicts the next items of a session. */
    interface NextItems {

        /**
         * The most likely next items, the best first.
         *
         * @param session what the session had and will have
         * @param length how many of its items have been played, at least 1: only these may be looked at
         * @param count how many are wanted at most
         * @param currentAllowed whether the item that was played last may be among them
         */
        long[] predict(long[] session, int length, int count, boolean currentAllowed);
    }
}
