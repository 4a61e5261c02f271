package dev.segue.analysis;

/**
 * The two-sided normal mixture boundary, which a Brownian motion crosses at any time with probability alpha (Robbins 1970):
 * √((v + ρ)·log((v + ρ)/(ρα²))) at variance v, as in Howard, Ramdas, McAuliffe and Sekhon (Time-uniform, nonparametric,
 * nonasymptotic confidence sequences, Annals of Statistics 49, 2021). In theorem 2.2 of Waudby-Smith et al. (2024), v is the
 * number of listeners, and ρ² is 1/ρ in the notation of this class.
 *
 * @param rho ρ > 0, in listeners. A smaller ρ makes the boundary tightest earlier
 * @param alpha the probability of crossing the boundary at any time, between 0 and 1
 */
record NormalMixture(double rho, double alpha) {

    NormalMixture {
        Arguments.requirePositive("rho", rho);
        Arguments.requireOpenShare("alpha", alpha);
    }

    /**
     * The boundary that is close to its tightest at a variance (Howard et al.: the optimal ρ, with the first terms of the
     * expansion of the Lambert function).
     *
     * @param variance for {@link #criticalValue}, the planned number of listeners
     */
    static NormalMixture tightestAt(double variance, double alpha) {
        Arguments.requirePositive("listeners to be tightest at", variance);
        Arguments.requireOpenShare("alpha", alpha);
        double twice = -2 * Math.log(alpha);
        return new NormalMixture(variance / (twice + Math.log(1 + twice)), alpha);
    }

    /** The boundary for a sum of independent terms with this total variance. */
    double bound(double variance) {
        return Math.sqrt((variance + rho) * (Math.log((variance + rho) / rho) - 2 * Math.log(alpha)));
    }

    /** The logarithm of the martingale that reaches 1/alpha where a sum crosses the boundary. */
    double logMartingale(double sum, double variance) {
        return 0.5 * Math.log(rho / (variance + rho)) + sum * sum / (2 * (variance + rho));
    }

    /** The bound for the error of the mean of a number of listeners, in standard errors. */
    double criticalValue(long listeners) {
        return bound((double) listeners) / Math.sqrt((double) listeners);
    }

    /**
     * The smallest alpha whose boundary the statistic crosses, at most 1.
     *
     * @param statistic the mean divided by its standard error
     */
    double pValue(double statistic, long listeners) {
        double variance = (double) listeners;
        return Math.min(1, Math.exp(-logMartingale(statistic * Math.sqrt(variance), variance)));
    }
}
