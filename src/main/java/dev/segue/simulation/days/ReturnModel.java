package dev.segue.simulation.days;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Whether and when a listener comes back, given the last session: the better it was, the sooner and the more likely.
 *
 * <p>With x = √(T₀ / T), where T is the session's time in track lengths (1 at least, since the first track is always played
 * in full) and T₀ = {@value #REFERENCE_TIME}, the listener leaves for good with probability min(1, leave·x), and otherwise
 * comes back after an exponentially distributed time of mean returnHours·x: a proportional hazard of returning with the
 * last session as covariate, as Kapoor et al. fit to a music service (A Hazard Based Approach to User Return Time
 * Prediction, KDD 2014). The exponent ½ is a choice, not a fit.
 *
 * @param returnHours mean hours until the next session after one of the reference time, &gt; 0
 * @param leave probability to leave for good after such a session, 0 to 1
 */
public record ReturnModel(double returnHours, double leave) {

    /** About what contextual recommendations reach in the bundled world. */
    static final double REFERENCE_TIME = 5;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    public ReturnModel {
        if (!(returnHours > 0 && returnHours < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the mean time until a listener returns must be above 0 hours");
        }
        if (!(leave >= 0 && leave <= 1)) {
            throw new IllegalArgumentException("the probability to leave must be between 0 and 1");
        }
    }

    /**
     * Draws the time from a session's end to the next visit.
     *
     * @param totalTime the session's time, in track lengths
     * @return ms, or nothing if the listener has left for good
     */
    OptionalLong nextVisitAfter(double totalTime, RandomGenerator random) {
        double displeasure = Math.sqrt(REFERENCE_TIME / totalTime);
        if (random.nextDouble() < leave * displeasure) {
            return OptionalLong.empty();
        }
        double hours = -StrictMath.log(1 - random.nextDouble()) * returnHours * displeasure;
        return OptionalLong.of(Math.round(hours * MILLIS_PER_HOUR));
    }
}
