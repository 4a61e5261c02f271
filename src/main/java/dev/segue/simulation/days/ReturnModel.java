package dev.segue.simulation.days;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The probability and time of a listener's return after a session. A longer total time makes a return sooner and more likely.
 *
 * <p>With x = √(T₀ / T), where T is the session's total time in track lengths (at least 1, since the first track is always
 * played in full) and T₀ = {@value #REFERENCE_TIME}, the listener leaves for good with probability min(1, leave·x), and
 * otherwise returns after an exponentially distributed time with mean returnHours·x. This is a proportional hazard of returning
 * with the last session as covariate, which Kapoor et al. fit to a music service (A Hazard Based Approach to User Return Time
 * Prediction, KDD 2014). The exponent ½ is a choice, not a fit.
 *
 * @param returnHours mean hours until the next visit after a session of total time T₀, &gt; 0
 * @param leave probability of leaving for good after such a session, 0 to 1
 */
public record ReturnModel(double returnHours, double leave) {

    /** About the time per session of contextual recommendations in the bundled world, in track lengths. */
    static final double REFERENCE_TIME = 5;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    public ReturnModel {
        if (!(returnHours > 0 && returnHours < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the mean time until a listener returns must be above 0 hours");
        }
        if (!(leave >= 0 && leave <= 1)) {
            throw new IllegalArgumentException("the probability of leaving must be between 0 and 1");
        }
    }

    /**
     * Draws the time from a session's end to the next visit.
     *
     * @param totalTime the session's total time, in track lengths
     * @return ms, or empty if the listener leaves for good
     */
    OptionalLong nextVisitAfter(double totalTime, RandomGenerator random) {
        double factor = Math.sqrt(REFERENCE_TIME / totalTime);
        if (random.nextDouble() < leave * factor) {
            return OptionalLong.empty();
        }
        double hours = -StrictMath.log(1 - random.nextDouble()) * returnHours * factor;
        return OptionalLong.of(Math.round(hours * MILLIS_PER_HOUR));
    }
}
