package dev.segue.training;

import dev.segue.random.KeyedRandom;
import java.util.Arrays;

/**
 * The row numbers of the training, validation and test sets. Splits by session (80%, 10%, 10%), since the rows of a session are
 * correlated: split by row, a model would be tested on sessions that it was trained on.
 */
@SuppressWarnings("ArrayRecordComponent") // splits are not compared
record TrainValidationTestSplit(int[] training, int[] validation, int[] test) {

    private static final double TRAINING = 0.8;
    private static final double VALIDATION = 0.1;

    /** The key of this class's random streams. */
    private static final long STREAM = -11;

    /** Splits rows. The result depends only on the seed and the sessions' positions.
     *
     * @throws TrainingException if the training or validation set is empty, or the test set has fewer than two sessions
     */
    static TrainValidationTestSplit of(TrainingRows rows, long seed) {
        int[][] parts = {new int[rows.size()], new int[rows.size()], new int[rows.size()]};
        int[] sizes = new int[parts.length];
        int testSessions = 0;
        for (int session = 0; session < rows.sessions(); session++) {
            double draw = new KeyedRandom(seed, STREAM, session, 0).nextDouble();
            int part = draw < TRAINING ? 0 : draw < TRAINING + VALIDATION ? 1 : 2;
            testSessions += part == 2 ? 1 : 0;
            for (int row = rows.start(session); row < rows.end(session); row++) {
                parts[part][sizes[part]++] = row;
            }
        }
        if (sizes[0] == 0 || sizes[1] == 0 || testSessions < 2) {
            throw new TrainingException("the log has " + rows.sessions()
                    + " sessions with recommendations, too few to split into training, validation and test; "
                    + "log at least a hundred");
        }
        return new TrainValidationTestSplit(
                Arrays.copyOf(parts[0], sizes[0]),
                Arrays.copyOf(parts[1], sizes[1]),
                Arrays.copyOf(parts[2], sizes[2]));
    }

    /** The training rows in the order of an epoch: a permutation that is determined by the seed and the epoch. */
    int[] shuffled(long seed, int epoch) {
        int[] order = training.clone();
        var random = new KeyedRandom(seed, STREAM, -1, epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
