package dev.segue.offpolicy;

/**
 * One logged decision, and what the target policy would have done.
 *
 * @param unit the number of the listener, from 0; decisions of different units are independent
 * @param propensity the probability with which the logged action was chosen, above 0 and at most 1; NaN if it is not known
 * @param target the probability with which the target policy chooses the logged action, 0 to 1
 * @param reward what came of the logged action, 0 to 1
 * @param model the reward that a model expects of the logged action, 0 to 1; the model did not see the unit
 * @param targetModel the reward that the model expects of the target policy's choice, 0 to 1
 */
public record Decision(int unit, double propensity, double target, double reward, double model, double targetModel) {

    /** How far rounding may bring a sum of probabilities above 1. */
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

    /** Whether a number can be the probability of something that happened. */
    static boolean isPropensity(double value) {
        return value > 0 && value <= 1;
    }

    /** Whether the logged action's propensity is known. */
    public boolean hasPropensity() {
        return !Double.isNaN(propensity);
    }

    /** The importance weight: how much more likely the target policy is to choose the logged action. */
    public double weight() {
        return target / propensity;
    }
}
