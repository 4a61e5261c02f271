package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.segue.matrix.FloatMatrix;
import dev.segue.training.TrainingSettings.Decay;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamTableTest {

    private static final int ROWS = 20;
    private static final int COLUMNS = 5;
    private static final int BATCH = 4;
    private static final double RATE = 0.01;
    private static final double WEIGHT_DECAY = 0.1;

    @Test
    void theFirstStepChangesEachWeightByTheLearningRate() {
        FloatMatrix weights = FloatMatrix.zeros(1, 2);
        var schedule = new AdamSchedule(0, RATE);
        var table = new AdamTable(weights, schedule, Decay.LAZY, 0, 1);
        schedule.startStep();
        table.update(new int[] {0}, 1, FloatBuffer.wrap(new float[] {3, -0.5f}));
        assertArrayEquals(new float[] {-0.01f, 0.01f}, weights.values(), 1e-7f);
    }

    @Test
    void gradientsOfARepeatedRowAreSummed() {
        FloatMatrix once = FloatMatrix.zeros(2, 1);
        FloatMatrix twice = FloatMatrix.zeros(2, 1);
        for (int step = 0; step < 2; step++) {
            step(once, step, new int[] {1}, 1f + step);
            step(twice, step, new int[] {1, 1}, 0.25f, 0.75f + step);
        }
        assertArrayEquals(once.values(), twice.values());
        assertEquals(0, twice.get(0, 0));
    }

    private static void step(FloatMatrix weights, int step, int[] rows, float... gradient) {
        var schedule = new AdamSchedule(step, RATE);
        schedule.startStep();
        new AdamTable(weights, schedule, Decay.LAZY, 0, rows.length)
                .update(rows, rows.length, FloatBuffer.wrap(gradient));
    }

    @Test
    void lazyDecayDoesNotChangeOtherRows() {
        FloatMatrix weights = start();
        FloatMatrix initial = start();
        run(weights, Decay.LAZY, 1);
        int changed = 0;
        for (int row = 0; row < ROWS; row++) {
            changed += weights.get(row, 0) == initial.get(row, 0) ? 0 : 1;
        }
        assertEquals(BATCH, changed);
    }

    /** The reference is the paper's algorithm 1 on the whole table, in double, with decay × weight added to each row's gradient. */
    @Test
    void denseDecayIsAdamOnTheWholeTable() {
        FloatMatrix weights = start();
        double[] expected = new double[ROWS * COLUMNS];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = weights.values()[i];
        }
        run(weights, Decay.DENSE, 200);
        denseReference(expected, 200);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], weights.values()[i], 2e-5, "weight " + i);
        }
    }

    @Test
    void denseAndLazyDecayDiffer() {
        FloatMatrix dense = start();
        FloatMatrix lazy = start();
        run(dense, Decay.DENSE, 20);
        run(lazy, Decay.LAZY, 20);
        assertNotEquals(lazy.get(0, 0), dense.get(0, 0));
    }

    private static FloatMatrix start() {
        FloatMatrix weights = FloatMatrix.zeros(ROWS, COLUMNS);
        var random = new Random(1);
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            weights.values()[i] = (float) random.nextGaussian();
        }
        return weights;
    }

    private static void run(FloatMatrix weights, Decay decay, int steps) {
        var schedule = new AdamSchedule(0, RATE);
        var table = new AdamTable(weights, schedule, decay, WEIGHT_DECAY, BATCH);
        FloatBuffer gathered = FloatBuffer.allocate(BATCH * COLUMNS);
        for (int step = 1; step <= steps; step++) {
            int[] rows = rows(step);
            schedule.startStep();
            table.gather(rows, BATCH, step - 1, gathered);
            table.update(rows, BATCH, FloatBuffer.wrap(gradient(step)));
        }
        table.catchUpAll();
    }

    private static void denseReference(double[] weights, int steps) {
        double[] first = new double[weights.length];
        double[] second = new double[weights.length];
        for (int step = 1; step <= steps; step++) {
            double[] gradient = new double[weights.length];
            int[] rows = rows(step);
            float[] batchGradient = gradient(step);
            for (int i = 0; i < BATCH; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    gradient[rows[i] * COLUMNS + j] += batchGradient[i * COLUMNS + j];
                }
            }
            for (int i = 0; i < weights.length; i++) {
                double g = gradient[i] + WEIGHT_DECAY * weights[i];
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                double corrected = first[i] / (1 - Math.pow(0.9, step));
                double root = Math.sqrt(second[i] / (1 - Math.pow(0.999, step)));
                weights[i] -= RATE * corrected / (root + 1e-8);
            }
        }
    }

    private static int[] rows(int step) {
        return new Random(step).ints(0, ROWS).distinct().limit(BATCH).toArray();
    }

    private static float[] gradient(int step) {
        var random = new Random(1000 + step);
        float[] gradient = new float[BATCH * COLUMNS];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) random.nextGaussian();
        }
        return gradient;
    }
}
