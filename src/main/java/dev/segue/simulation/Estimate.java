package dev.segue.simulation;

/**
 * A mean of listeners' values.
 *
 * @param listeners how many listeners
 * @param mean NaN if there are none
 * @param standardError the unbiased standard deviation divided by √listeners; NaN for fewer than two
 */
public record Estimate(int listeners, double mean, double standardError) {

    /** Running moments by Welford's method (Technometrics 4(3), 1962): stable whatever the mean. */
    static final class Moments {

        private int count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
        }

        Estimate mean() {
            return new Estimate(
                    count,
                    count == 0 ? Double.NaN : mean,
                    count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count));
        }
    }

    /** The variance of the mean. */
    double variance() {
        return standardError * standardError;
    }
}
