package dev.segue.posterior;

/** The mean of E[(x − m)(x − m)ᵀ] over random vectors x, each with a mean, a covariance and an m of its own: what EM sets a prior's covariance to. */
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

    /** Adds a vector with a weight; it counts as one whatever its weight. */
    void add(
            double[] means,
            int meanAt,
            double[] centres,
            int centreAt,
            double[] covariances,
            int covarianceAt,
            double weight) {
        for (int i = 0; i < n; i++) {
            difference[i] = means[meanAt + i] - centres[centreAt + i];
        }
        Packed.addOuter(sum, 0, weight, difference, 0, n);
        Packed.add(sum, 0, weight, covariances, covarianceAt, sum.length);
        count++;
    }

    /** The mean, with something added to the diagonal; the identity if nothing was added. */
    double[] mean(double jitter) {
        if (count == 0) {
            return Packed.identity(n, 1);
        }
        return Packed.sum(Packed.identity(n, jitter), 1.0 / count, sum);
    }
}
