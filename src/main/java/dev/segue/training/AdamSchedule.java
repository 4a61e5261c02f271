package dev.segue.training;

import java.util.Arrays;

/** The steps of Adam, with the learning rate and the bias corrections of each. */
final class AdamSchedule {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private float[] stepSizes = new float[1 << 10];
    private float[] rootCorrections = new float[1 << 10];
    private int step;
    private double learningRate;

    /** @param step the number of previous steps */
    AdamSchedule(int step, double learningRate) {
        this.step = step;
        this.learningRate = learningRate;
    }

    /** Starts the next step. */
    void startStep() {
        step++;
        if (step >= stepSizes.length) {
            int newLength = Math.max(step + 1, 2 * stepSizes.length);
            stepSizes = Arrays.copyOf(stepSizes, newLength);
            rootCorrections = Arrays.copyOf(rootCorrections, newLength);
        }
        stepSizes[step] = (float) (learningRate / (1 - Math.pow(BETA1, step)));
        rootCorrections[step] = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, step)));
    }

    /** The number of started steps: the number of the current step. */
    int step() {
        return step;
    }

    /** Learning rate / (1 − β₁ᵗ) of a step t that this schedule started. */
    float stepSize(int t) {
        return stepSizes[t];
    }

    /** 1 / √(1 − β₂ᵗ) of a step t that this schedule started. */
    float rootCorrection(int t) {
        return rootCorrections[t];
    }

    double learningRate() {
        return learningRate;
    }

    void learningRate(double rate) {
        learningRate = rate;
    }
}
