package dev.segue.offpolicy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a policy's importance weights w and rewards r over logged decisions, by listener. They give the self-normalised estimate
 * Σ w·r / Σ w (Swaminathan and Joachims, The Self-Normalized Estimator for Counterfactual Learning, NIPS 2015), the logged mean reward, and
 * intervals for both.
 */
public final class WeightedRewards {

    /** The minimum effective sample size. */
    public static final double MIN_EFFECTIVE = Support.MIN_EFFECTIVE;

    private final long[] counts;
    private final double[] rewards;
    private final double[] weights;
    private final double[] weighted;
    private final double unseen;
    private double squaredWeights;
    private double supported;
    private long supportChecks;

    /** Starts without decisions.
     *
     * @param units number of listeners
     * @param unseen the probability, 0 to 1, that the logging policy's next track is not in the log yet
     */
    WeightedRewards(int units, double unseen) {
        this.unseen = unseen;
        counts = new long[units];
        rewards = new double[units];
        weights = new double[units];
        weighted = new double[units];
    }

    /** Adds a decision.
     *
     * @param unit the listener's number
     * @param weight the importance weight, ≥ 0
     * @param reward the reward, 0 to 1
     */
    void add(int unit, double weight, double reward) {
        counts[unit]++;
        rewards[unit] += reward;
        weights[unit] += weight;
        weighted[unit] += weight * reward;
        squaredWeights += weight * weight;
    }

    /** Adds the support at a decision. May be called for some of the decisions.
     *
     * @param probability the probability that the policy chooses a track that is in the log, 0 to 1
     */
    void addSupport(double probability) {
        supported += probability;
        supportChecks++;
    }

    /** The number of decisions. */
    public long decisions() {
        return Arrays.stream(counts).sum();
    }

    /** The number of listeners. */
    public int listeners() {
        return counts.length;
    }

    /** (Σw)² / Σw², Kish's effective sample size; 0 if all weights are 0. */
    public double effectiveSampleSize() {
        double sum = Arrays.stream(weights).sum();
        return squaredWeights == 0 ? 0 : sum * sum / squaredWeights;
    }

    /** The mean weight; its expected value is 1 if the log has support for the policy. NaN without decisions. */
    public double meanWeight() {
        return Arrays.stream(weights).sum() / decisions();
    }

    /** The reason to refuse an estimate; null if there is none. */
    public @Nullable WeightProblem problem() {
        return effectiveSampleSize() >= MIN_EFFECTIVE ? problemOfSupport() : WeightProblem.FEW;
    }

    /** Like {@link #problem}, but independent of the effective sample size: for a part of a log. A mean weight of 1 alone does not prove
     * support if the policy was learned from the log, since it then prefers the logged tracks.
     */
    public @Nullable WeightProblem problemOfSupport() {
        boolean choosesOthers = supportChecks > 0 && unloggedShare() > unseen + Support.TOLERANCE;
        return choosesOthers
                ? WeightProblem.NO_SUPPORT
                : Support.of(weights, counts).meanProblem();
    }

    /** The share of the policy's choices that are not in the log, 0 to 1; NaN without calls of {@link #addSupport}. */
    private double unloggedShare() {
        return 1 - supported / supportChecks;
    }

    /** The share of the policy's choices without support: the maximum of the estimates by the log's tracks and by the mean weight. */
    public double unsupportedShare() {
        return supportChecks > 0 ? Math.max(unloggedShare(), 1 - meanWeight()) : 1 - meanWeight();
    }

    /** The estimated mean reward of the policy, 0 to 1; NaN if all weights are 0. */
    public double value() {
        return Arrays.stream(weighted).sum() / Arrays.stream(weights).sum();
    }

    /** The mean logged reward, 0 to 1; NaN without decisions. */
    public double loggedMean() {
        return Arrays.stream(rewards).sum() / decisions();
    }

    /** The relative difference between the policy's mean reward and the logged one; 0.1 for 10% more. */
    public double lift() {
        return value() / loggedMean() - 1;
    }

    /** The lift of a resample of the listeners; the lift of all listeners if the resample's weights or rewards are all 0.
     *
     * @param drawn the number of times that each listener was drawn
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
