package dev.segue.offpolicy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The importance weights and rewards of a policy on logged decisions, summed up by listener: all that its self-normalised estimate,
 * Σ w·r / Σ w (Swaminathan and Joachims, The Self-Normalized Estimator for Counterfactual Learning, NIPS 2015), the mean reward of what
 * was logged, and intervals for both take.
 */
public final class WeightedRewards {

    /** Estimates with a smaller effective sample size are refused. */
    public static final double LEAST_EFFECTIVE = Support.LEAST_EFFECTIVE;

    private final long[] counts;
    private final double[] rewards;
    private final double[] weights;
    private final double[] weighted;
    private double squaredWeights;

    /** @param units how many listeners there are */
    WeightedRewards(int units) {
        counts = new long[units];
        rewards = new double[units];
        weights = new double[units];
        weighted = new double[units];
    }

    /**
     * Takes in a decision.
     *
     * @param weight how much more likely the policy is to choose what was logged, 0 or more
     * @param reward what came of it, 0 to 1
     */
    void add(int unit, double weight, double reward) {
        counts[unit]++;
        rewards[unit] += reward;
        weights[unit] += weight;
        weighted[unit] += weight * reward;
        squaredWeights += weight * weight;
    }

    /** How many decisions there are. */
    public long decisions() {
        return Arrays.stream(counts).sum();
    }

    /** How many listeners there are. */
    public int listeners() {
        return counts.length;
    }

    /** (Σw)² / Σw², Kish's effective sample size; 0 if all weights are 0. */
    public double effectiveSampleSize() {
        double sum = Arrays.stream(weights).sum();
        return squaredWeights == 0 ? 0 : sum * sum / squaredWeights;
    }

    /** The mean weight, 1 on average if the log has support for the policy; NaN without decisions. */
    public double meanWeight() {
        return Arrays.stream(weights).sum() / decisions();
    }

    /** Why the weights cannot carry an estimate; null if they can. */
    public @Nullable WeightProblem problem() {
        return Support.of(weights, counts).problem(effectiveSampleSize());
    }

    /** The same, however small the effective sample size is: for a part of a log. */
    public @Nullable WeightProblem problemOfMean() {
        return Support.of(weights, counts).meanProblem();
    }

    /** The mean reward that the policy would have had, 0 to 1; NaN if all weights are 0. */
    public double value() {
        return Arrays.stream(weighted).sum() / Arrays.stream(weights).sum();
    }

    /** The mean reward of what was logged, 0 to 1; NaN without decisions. */
    public double loggedMean() {
        return Arrays.stream(rewards).sum() / decisions();
    }

    /** By what share the policy's mean reward is above the logged one; 0.1 is 10% more. */
    public double lift() {
        return value() / loggedMean() - 1;
    }

    /**
     * The lift of a resample of the listeners; that of all if the resample has no weight or no reward.
     *
     * @param drawn how often each listener was drawn
     */
    double lift(int[] drawn) {
        double count = 0;
        double reward = 0;
        double weight = 0;
        double weightedReward = 0;
        for (int unit = 0; unit < drawn.length; unit++) {
            count += drawn[unit] * (double) counts[unit];
            reward += drawn[unit] * rewards[unit];
            weight += drawn[unit] * weights[unit];
            weightedReward += drawn[unit] * weighted[unit];
        }
        return weight == 0 || reward == 0 ? lift() : weightedReward / weight / (reward / count) - 1;
    }
}
