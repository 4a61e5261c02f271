package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import java.util.Arrays;

/**
 * Finite-sample intervals (Maurer and Pontil, Empirical Bernstein bounds and sample variance penalization, COLT 2009, theorem 4): the
 * error of the mean of n independent values with sample variance V in a range b exceeds √(2V·log(2/δ)/n) + 7b·log(2/δ)/(3(n−1)) on one
 * side with probability at most δ.
 *
 * <p>A unit's value is its sum divided by the mean number of decisions of a unit. The range is computed from the largest weight and the
 * largest number of decisions of a unit in the log, on the assumption that larger ones are impossible.
 */
final class EmpiricalBernstein {

    private EmpiricalBernstein() {}

    /** The interval of a mean over decisions or sessions, limited to the possible range of the mean.
     *
     * @param max the largest possible mean; the smallest is 0
     * @param alpha 1 − the confidence level, between 0 and 1
     */
    static Interval interval(Contributions estimate, double max, double alpha) {
        double[] sums = estimate.numerators();
        int units = sums.length;
        if (units < 2) {
            return new Interval(0, max);
        }
        double perUnit = Arrays.stream(estimate.counts()).sum() / (double) units;
        double maxCount = Arrays.stream(estimate.counts()).max().orElse(0) / perUnit;
        double range = maxCount * (Math.max(0, estimate.upper()) - Math.min(0, estimate.lower()));
        double mean = Arrays.stream(sums).sum() / perUnit / units;
        double squares = 0;
        for (double sum : sums) {
            squares += Math.pow(sum / perUnit - mean, 2);
        }
        double halfWidth = halfWidth(units, squares / (units - 1), range, alpha);
        return new Interval(clamp(mean - halfWidth, max), clamp(mean + halfWidth, max));
    }

    private static double clamp(double value, double max) {
        return Math.max(0, Math.min(max, value));
    }

    /** The half-width of the interval of a mean.
     *
     * @param n number of values, ≥ 2
     * @param variance sample variance of the values
     * @param range largest possible difference of two values
     */
    static double halfWidth(int n, double variance, double range, double alpha) {
        double log = Math.log(4 / alpha); // δ = α/2 on each side
        return Math.sqrt(2 * variance * log / n) + 7 * range * log / (3 * (n - 1.0));
    }
}
