package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import java.util.Arrays;

/**
 * Intervals that hold for any number of independent units, and not only for many (Maurer and Pontil, Empirical Bernstein bounds and
 * sample variance penalization, COLT 2009, theorem 4): the mean of n values with sample variance V in a range b is off by more than
 * √(2V·log(2/δ)/n) + 7b·log(2/δ)/(3(n−1)) on one side with probability δ at most.
 *
 * <p>A unit's value is its sum, divided by the mean number of decisions of a unit. The range follows from the largest weight and the
 * largest number of decisions of a unit in the log; that no larger ones are possible is an assumption.
 */
final class EmpiricalBernstein {

    private EmpiricalBernstein() {}

    /**
     * The interval of an estimate that is a mean over decisions or sessions, within the range that the truth can have.
     *
     * @param largest the largest value that the truth can have; the least is 0
     * @param alpha how often it may miss, between 0 and 1
     */
    static Interval interval(Contributions estimate, double largest, double alpha) {
        double[] sums = estimate.numerators();
        int units = sums.length;
        if (units < 2) {
            return new Interval(0, largest);
        }
        double perUnit = Arrays.stream(estimate.counts()).sum() / (double) units;
        double most = Arrays.stream(estimate.counts()).max().orElse(0) / perUnit;
        double range = most * (Math.max(0, estimate.upper()) - Math.min(0, estimate.lower()));
        double mean = Arrays.stream(sums).sum() / perUnit / units;
        double squares = 0;
        for (double sum : sums) {
            squares += Math.pow(sum / perUnit - mean, 2);
        }
        double halfWidth = halfWidth(units, squares / (units - 1), range, alpha);
        return new Interval(within(mean - halfWidth, largest), within(mean + halfWidth, largest));
    }

    private static double within(double value, double largest) {
        return Math.max(0, Math.min(largest, value));
    }

    /**
     * By how much the mean may be off on either side.
     *
     * @param n how many values
     * @param variance their sample variance
     * @param range the largest possible difference of two values
     */
    static double halfWidth(int n, double variance, double range, double alpha) {
        double log = Math.log(4 / alpha); // δ = α/2 on each side
        return Math.sqrt(2 * variance * log / n) + 7 * range * log / (3 * (n - 1.0));
    }
}
