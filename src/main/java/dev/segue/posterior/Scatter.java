package dev.segue.posterior;

/**
 * The mean of E[(x − m)(x − m)ᵀ] over random vectors x with given means, covariances and centres m: the EM update of a prior's
 * covariance.
 */
final class Scatter {

    private final int n;
    private final double[] sum;
    private final double[] difference;
    private long count;

    Scatter(int n) {
        this.n = n;
        sum = new double[Packed.size(n)];
        difference = new double[n];
    }

    /** Adds a vector. The weight applies to the sum, not to the count. */
    void add(
            double[] means,
            int meanOffset,
            double[] centres,
            int centreOffset,
            double[] covariances,
            int covarianceOffset,
            double weight) {
        for (int i = 0; i < n; i++) {
            difference[i] = means[meanOffset + i] - centres[centreOffset + i];
        }
        Packed.addOuter(sum, 0, weight, difference, 0, n);
        Packed.add(sum, 0, weight, covariances, covarianceOffset, sum.length);
        count++;
    }

    /** The mean, plus {@code jitter} on the diagonal; the identity if no vector was added. */
    double[] mean(double jitter) {
        if (count == 0) {
            return Packed.identity(n, 1);
        }
        return Packed.sum(Packed.identity(n, jitter), 1.0 / count, sum);
    }
}
