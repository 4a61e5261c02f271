package dev.segue.offpolicy;

/**
 * The contributions of decisions or sessions to an estimate, summed by unit. The estimate is the sum of the numerators divided by the sum
 * of the denominators.
 */
final class Contributions {

    private final double[] numerators;
    private final double[] denominators;
    private final long[] counts;
    private double lower = Double.POSITIVE_INFINITY;
    private double upper = Double.NEGATIVE_INFINITY;
    private double weights;
    private double squaredWeights;

    /** @param units number of units */
    Contributions(int units) {
        numerators = new double[units];
        denominators = new double[units];
        counts = new long[units];
    }

    /** Adds a decision or session.
     *
     * @param weight the importance weight
     * @param numerator the contribution to the numerator
     * @param denominator the contribution to the denominator
     * @param min the smallest possible numerator, given the weight
     * @param max the largest possible numerator, given the weight
     */
    void add(int unit, double weight, double numerator, double denominator, double min, double max) {
        numerators[unit] += numerator;
        denominators[unit] += denominator;
        counts[unit]++;
        lower = Math.min(lower, min);
        upper = Math.max(upper, max);
        weights += weight;
        squaredWeights += weight * weight;
    }

    double[] numerators() {
        return numerators;
    }

    double[] denominators() {
        return denominators;
    }

    /** The number of decisions or sessions of each unit. */
    long[] counts() {
        return counts;
    }

    /** The smallest possible numerator over all decisions, given their weights. */
    double lower() {
        return lower;
    }

    /** The largest possible numerator over all decisions, given their weights. */
    double upper() {
        return upper;
    }

    /** The estimate; NaN if all denominators are 0. */
    double value() {
        double numerator = 0;
        double denominator = 0;
        for (int unit = 0; unit < numerators.length; unit++) {
            numerator += numerators[unit];
            denominator += denominators[unit];
        }
        return numerator / denominator;
    }

    /** (Σw)² / Σw², Kish's effective sample size; 0 if all weights are 0. */
    double effectiveSampleSize() {
        return squaredWeights == 0 ? 0 : weights * weights / squaredWeights;
    }
}
