package dev.segue.offpolicy;

/**
 * A logged decision, with the probabilities and expected rewards of the target policy.
 *
 * @param unit the listener's number, from 0; decisions of different units are independent
 * @param propensity the probability with which the logging policy chose the action, > 0 and ≤ 1; NaN if unknown
 * @param target the probability with which the target policy chooses the logged action, 0 to 1
 * @param reward the reward of the logged action, 0 to 1
 * @param model the reward of the logged action as predicted by a model that was not trained on the unit, 0 to 1
 * @param targetModel the expected reward of the target policy's choice as predicted by the model, 0 to 1
 */
public record Decision(int unit, double propensity, double target, double reward, double model, double targetModel) {

    /** The tolerance for rounding errors of sums of probabilities. */
    private static final double ROUNDING = 1e-6;

    public Decision {
        if (!Double.isNaN(propensity) && !isPropensity(propensity)) {
            throw new IllegalArgumentException("propensity " + propensity + " is not above 0 and at most 1");
        }
        requireShare("target probability", target);
        requireShare("reward", reward);
        requireShare("model's reward", model);
        requireShare("model's reward of the target", targetModel);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1 + ROUNDING)) {
            throw new IllegalArgumentException(name + " " + value + " is outside 0..1");
        }
    }

    /** Whether a number is a possible propensity: above 0 and at most 1. */
    static boolean isPropensity(double value) {
        return value > 0 && value <= 1;
    }

    /** Whether the logged action's propensity is known. */
    public boolean hasPropensity() {
        return !Double.isNaN(propensity);
    }

    /** The importance weight: the target policy's probability of the logged action divided by the propensity. */
    public double weight() {
        return target / propensity;
    }
}
