package dev.segue.analysis;

/**
 * Running means, variances and covariances of listeners who are described by one or more variables.
 *
 * <p>Sums of squares of the values themselves lose precision if the mean is large compared to the spread. The centred sums of
 * this class do not, and are exactly 0 for constants (Welford 1962; for covariances Chan, Golub and LeVeque 1983).
 */
final class Moments {

    private final double[] means;
    private final double[] steps;
    /** Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ), row by row. */
    private final double[] products;

    private long size;

    /** @param variables how many numbers describe a listener */
    Moments(int variables) {
        means = new double[variables];
        steps = new double[variables];
        products = new double[variables * variables];
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalArgumentException if a value is not finite; the moments are unchanged then
     */
    void add(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("listener number " + (size + 1) + " has the value " + value
                        + ", which is no finite number; leave out listeners without a value");
            }
        }
        size++;
        int variables = means.length;
        for (int i = 0; i < variables; i++) {
            steps[i] = values[i] - means[i];
            means[i] += steps[i] / size;
        }
        for (int i = 0; i < variables; i++) {
            for (int j = 0; j < variables; j++) {
                products[i * variables + j] += steps[i] * (values[j] - means[j]);
            }
        }
    }

    long size() {
        return size;
    }

    double mean(int variable) {
        return means[variable];
    }

    /** Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ) over the listeners. */
    double product(int i, int j) {
        return products[i * means.length + j];
    }

    /** The unbiased covariance, or the variance if both variables are the same. Requires two listeners. */
    double covariance(int i, int j) {
        return product(i, j) / (size - 1);
    }

    /**
     * The sample of one variable.
     *
     * @throws IllegalArgumentException if there are fewer than two listeners
     */
    Sample sample(int variable) {
        return new Sample(size, means[variable], size < 2 ? 0 : covariance(variable, variable));
    }
}
