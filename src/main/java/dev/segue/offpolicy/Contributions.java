package dev.segue.offpolicy;

/**
 * The contributions of an estimator's decisions or sessions, summed up by unit: all that its value and its intervals take. The estimate is
 * the sum of the numerators over the sum of the denominators.
 */
final class Contributions {

    private final double[] numerators;
    private final double[] denominators;
    private final long[] counts;
    private double lower = Double.POSITIVE_INFINITY;
    private double upper = Double.NEGATIVE_INFINITY;
    private double weights;
    private double squaredWeights;

    /** @param units how many there are */
    Contributions(int units) {
        numerators = new double[units];
        denominators = new double[units];
        counts = new long[units];
    }

    /**
     * Takes in a decision or session.
     *
     * @param weight its importance weight
     * @param numerator what it adds to the numerator
     * @param denominator what it adds to the denominator
     * @param least the least numerator that its weight allows
     * @param most the largest numerator that its weight allows
     */
    void add(int unit, double weight, double numerator, double denominator, double least, double most) {
        numerators[unit] += numerator;
        denominators[unit] += denominator;
        counts[unit]++;
        lower = Math.min(lower, least);
        upper = Math.max(upper, most);
        weights += weight;
        squaredWeights += weight * weight;
    }

    double[] numerators() {
        return numerators;
    }

    double[] denominators() {
        return denominators;
    }

    /** How many decisions or sessions each unit has. */
    long[] counts() {
        return counts;
    }

    /** The least numerator that any decision's weight allows. */
    double lower() {
        return lower;
    }

    /** The largest numerator that any decision's weight allows. */
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
