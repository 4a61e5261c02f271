package dev.segue.posterior;

/**
 * The Gaussian lower bound of a logistic likelihood: log σ(z) ≥ log σ(ξ) + (z − ξ)/2 − λ(ξ)(z² − ξ²), tight at z = ±ξ.
 *
 * @see <a href="https://doi.org/10.1023/A:1008932416310">Jaakkola and Jordan, Bayesian parameter estimation via variational
 *     methods, Statistics and Computing 10, 2000</a>
 */
final class JaakkolaJordan {

    private JaakkolaJordan() {}

    /** λ(ξ) = tanh(ξ/2) / (4ξ), for ξ² ≥ 0. */
    static double lambda(double squaredXi) {
        if (squaredXi < 1e-8) {
            return 0.125;
        }
        double xi = Math.sqrt(squaredXi);
        double tail = Math.exp(-xi);
        return (1 - tail) / (1 + tail) / (4 * xi);
    }
}
