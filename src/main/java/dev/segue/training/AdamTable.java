package dev.segue.training;

import dev.segue.matrix.FloatMatrix;
import dev.segue.training.TrainingSettings.Decay;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A table of weights, and Adam over its rows (Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, algorithm 1;
 * β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸ outside of the bias-corrected root, as in PyTorch). Weight decay is L2: decay × weight is added to
 * the gradient.
 *
 * <p>A batch touches few rows of a large table. {@link Decay#LAZY} updates those alone, with the global step in the bias
 * correction. {@link Decay#DENSE} is Adam on the whole table: an untouched row's gradient is its decay, and since that needs
 * nothing but the row itself, the steps that it missed are made up for when it is next needed, in one go and in the cache.
 */
final class AdamTable {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final int NO_SLOT = -1;

    private final FloatMatrix weights;
    private final FloatMatrix firstMoments;
    private final FloatMatrix secondMoments;
    private final AdamSchedule schedule;
    private final Decay decay;
    private final float weightDecay;
    private final int columns;

    /** The step up to which a row is; only kept for dense decay. */
    private final int[] steps;

    private final int[] slots;
    private final int[] touched;
    private final float[] repeated;
    private final float[] sums;

    /**
     * @param weights rows × columns, changed in place
     * @param batch how many rows are touched at once, at most
     * @param schedule shared by the tables of a model
     */
    AdamTable(FloatMatrix weights, AdamSchedule schedule, Decay decay, double weightDecay, int batch) {
        this(
                weights,
                FloatMatrix.zeros(weights.rows(), weights.columns()),
                FloatMatrix.zeros(weights.rows(), weights.columns()),
                schedule,
                decay,
                weightDecay,
                batch);
    }

    /** Goes on with moments that were kept; all rows must be up to the schedule's step. */
    AdamTable(
            FloatMatrix weights,
            FloatMatrix firstMoments,
            FloatMatrix secondMoments,
            AdamSchedule schedule,
            Decay decay,
            double weightDecay,
            int batch) {
        this.weights = weights;
        this.firstMoments = firstMoments;
        this.secondMoments = secondMoments;
        this.schedule = schedule;
        this.decay = decay;
        this.weightDecay = (float) weightDecay;
        columns = weights.columns();
        steps = new int[decay == Decay.DENSE ? weights.rows() : 0];
        Arrays.fill(steps, schedule.step());
        slots = new int[weights.rows()];
        Arrays.fill(slots, NO_SLOT);
        touched = new int[Math.min(batch, weights.rows())];
        repeated = new float[columns];
        sums = new float[touched.length * columns];
    }

    FloatMatrix weights() {
        return weights;
    }

    FloatMatrix firstMoments() {
        return firstMoments;
    }

    FloatMatrix secondMoments() {
        return secondMoments;
    }

    /**
     * Copies rows, one after the other, as they are after a step.
     *
     * @param rows {@code count} row numbers, repeats allowed
     * @param step the schedule's step or the one before
     * @param target gets count × columns values from its start
     */
    void gather(int[] rows, int count, int step, FloatBuffer target) {
        target.clear();
        for (int i = 0; i < count; i++) {
            if (decay == Decay.DENSE) {
                makeUp(rows[i], step);
            }
            target.put(weights.values(), rows[i] * columns, columns);
        }
    }

    /**
     * One step on the rows that were gathered; the schedule has begun it.
     *
     * @param gradient count × columns values from its start, the loss's gradient by each gathered row
     */
    void update(int[] rows, int count, FloatBuffer gradient) {
        int distinct = sumByRow(rows, count, gradient);
        int step = schedule.step();
        for (int slot = 0; slot < distinct; slot++) {
            int row = touched[slot];
            adam(row * columns, sums, slot * columns, step);
            slots[row] = NO_SLOT;
            if (decay == Decay.DENSE) {
                steps[row] = step;
            }
        }
    }

    private int sumByRow(int[] rows, int count, FloatBuffer gradient) {
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            int slot = slots[rows[i]];
            if (slot == NO_SLOT) {
                slots[rows[i]] = distinct;
                touched[distinct] = rows[i];
                gradient.get(i * columns, sums, distinct * columns, columns);
                distinct++;
            } else {
                int sum = slot * columns;
                gradient.get(i * columns, repeated);
                for (int j = 0; j < columns; j++) {
                    sums[sum + j] += repeated[j];
                }
            }
        }
        return distinct;
    }

    private void adam(int offset, float[] gradient, int from, int step) {
        float[] w = weights.values();
        float[] m = firstMoments.values();
        float[] v = secondMoments.values();
        float size = schedule.stepSize(step);
        float correction = schedule.rootCorrection(step);
        for (int j = 0; j < columns; j++) {
            float g = gradient[from + j] + weightDecay * w[offset + j];
            float first = BETA1 * m[offset + j] + (1 - BETA1) * g;
            float second = BETA2 * v[offset + j] + (1 - BETA2) * g * g;
            m[offset + j] = first;
            v[offset + j] = second;
            w[offset + j] -= size * first / ((float) Math.sqrt(second) * correction + EPSILON);
        }
    }

    /** Takes a row through the steps that did not touch it. */
    private void makeUp(int row, int last) {
        int offset = row * columns;
        float[] w = weights.values();
        float[] m = firstMoments.values();
        float[] v = secondMoments.values();
        for (int step = steps[row] + 1; step <= last; step++) {
            float size = schedule.stepSize(step);
            float correction = schedule.rootCorrection(step);
            for (int j = offset; j < offset + columns; j++) {
                float g = weightDecay * w[j];
                float first = BETA1 * m[j] + (1 - BETA1) * g;
                float second = BETA2 * v[j] + (1 - BETA2) * g * g;
                m[j] = first;
                v[j] = second;
                w[j] -= size * first / ((float) Math.sqrt(second) * correction + EPSILON);
            }
        }
        steps[row] = last;
    }

    /** Makes up for what any row has missed, so that the weights are what they are to others. */
    void settle() {
        for (int row = 0; row < steps.length; row++) {
            makeUp(row, schedule.step());
        }
    }
}
