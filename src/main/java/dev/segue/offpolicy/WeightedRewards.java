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
    private final double unseen;
    private double squaredWeights;
    private double supported;
    private long supportChecks;

    /**
     * Without decisions yet.
     *
     * @param units how many listeners there are
     * @param unseen the probability, 0 to 1, that the logging policy's next choice is none that the log has of it
     */
    WeightedRewards(int units, double unseen) {
        this.unseen = unseen;
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

    /**
     * Takes in, for some of the decisions, how much of the policy's choices the log has at all.
     *
     * @param probability that the policy chooses a track that was ever logged, 0 to 1
     */
    void addSupport(double probability) {
        supported += probability;
        supportChecks++;
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
        return effectiveSampleSize() >= LEAST_EFFECTIVE ? problemOfSupport() : WeightProblem.FEW;
    }

    /**
     * The same, however small the effective sample size is: for a part of a log. A mean weight of 1 alone does not show that there is
     * support if the policy was learned from the log, since it then chooses what was logged more often than by chance.
     */
    public @Nullable WeightProblem problemOfSupport() {
        boolean choosesOthers = supportChecks > 0 && unloggedShare() > unseen + Support.TOLERANCE;
        return choosesOthers
                ? WeightProblem.NO_SUPPORT
                : Support.of(weights, counts).meanProblem();
    }

    /** The share of the policy's choices that the log does not have at all, 0 to 1; NaN if that was not looked at. */
    private double unloggedShare() {
        return 1 - supported / supportChecks;
    }

    /** The share of the policy's choices without support: by the choices that the log does not have, or by the mean weight. */
    public double unsupportedShare() {
        return supportChecks > 0 ? Math.max(unloggedShare(), 1 - meanWeight()) : 1 - meanWeight();
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
