package dev.segue.training;

import java.util.Arrays;

/** The steps that Adam has taken: a learning rate and the bias corrections for each of them. */
final class AdamSchedule {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private float[] stepSizes = new float[1 << 10];
    private float[] rootCorrections = new float[1 << 10];
    private int step;
    private double learningRate;

    /** @param step how many steps were taken before */
    AdamSchedule(int step, double learningRate) {
        this.step = step;
        this.learningRate = learningRate;
    }

    /** Begins the next step. */
    void begin() {
        step++;
        if (step >= stepSizes.length) {
            int larger = Math.max(step + 1, 2 * stepSizes.length);
            stepSizes = Arrays.copyOf(stepSizes, larger);
            rootCorrections = Arrays.copyOf(rootCorrections, larger);
        }
        stepSizes[step] = (float) (learningRate / (1 - Math.pow(BETA1, step)));
        rootCorrections[step] = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, step)));
    }

    /** How many steps were begun; the current one. */
    int step() {
        return step;
    }

    /** Learning rate / (1 − β₁ᵗ) of a step t that this schedule began. */
    float stepSize(int t) {
        return stepSizes[t];
    }

    /** 1 / √(1 − β₂ᵗ) of a step t that this schedule began. */
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
