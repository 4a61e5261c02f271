package dev.segue.training;

import dev.segue.random.KeyedRandom;
import java.util.Arrays;

/**
 * The use of rows: 80% of the sessions for training, 10% for validation, which decides when to stop, and 10% for the test. By
 * session, since the rows of one are alike: split by row, a model would be tested on sessions that it has seen.
 */
@SuppressWarnings("ArrayRecordComponent") // flat row numbers; splits are not compared
record TrainValidationTestSplit(int[] training, int[] validation, int[] test) {

    private static final double TRAINING = 0.8;
    private static final double VALIDATION = 0.1;

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -11;

    /**
     * Splits rows by the seed and the sessions' positions alone.
     *
     * @throws TrainingException if a part is empty, or the test has one session alone: nothing could be compared on it
     */
    static TrainValidationTestSplit of(TrainingRows rows, long seed) {
        int[][] parts = {new int[rows.size()], new int[rows.size()], new int[rows.size()]};
        int[] sizes = new int[parts.length];
        int testSessions = 0;
        for (int session = 0; session < rows.sessions(); session++) {
            double draw = new KeyedRandom(seed, DRAW, session, 0).nextDouble();
            int part = draw < TRAINING ? 0 : draw < TRAINING + VALIDATION ? 1 : 2;
            testSessions += part == 2 ? 1 : 0;
            for (int row = rows.begin(session); row < rows.end(session); row++) {
                parts[part][sizes[part]++] = row;
            }
        }
        if (sizes[0] == 0 || sizes[1] == 0 || testSessions < 2) {
            throw new TrainingException("the log has " + rows.sessions()
                    + " sessions with recommendations, too few to split into training, validation and test; "
                    + "log more of them, at least a hundred");
        }
        return new TrainValidationTestSplit(
                Arrays.copyOf(parts[0], sizes[0]),
                Arrays.copyOf(parts[1], sizes[1]),
                Arrays.copyOf(parts[2], sizes[2]));
    }

    /** The training rows in the order of an epoch: a permutation that seed and epoch decide. */
    int[] shuffled(long seed, int epoch) {
        int[] order = training.clone();
        var random = new KeyedRandom(seed, DRAW, -1, epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
