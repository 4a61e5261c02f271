package dev.segue.analysis;

import java.util.List;

/**
 * Reduces the variance of a metric by the part that the listeners' behaviour before the experiment explains. The expected
 * effect stays the same (CUPED: Deng, Xu, Kohavi and Walker, Improving the sensitivity of online controlled experiments by
 * utilizing pre-experiment data, WSDM 2013, on control variates).
 *
 * <p>A listener's value y becomes y − θ₁(x − x̄) − θ₂(m − m̄). Here x is the listener's value from before, and m is 1 for
 * listeners without such a value, whose x is 0. The means are over all arms. θ is the least-squares solution within the arms,
 * so that an effect of the treatment is not attributed to the covariates.
 *
 * @param slope θ₁; 0 if the values from before do not vary
 * @param newcomerOffset θ₂: the difference between the mean value of a new listener and of a listener with the value 0
 *     before; 0 if all or no listeners are new
 * @param meanBefore x̄ over all arms
 * @param newShare m̄ over all arms: the share of new listeners
 */
public record Cuped(double slope, double newcomerOffset, double meanBefore, double newShare) {

    /** The minimum share of x's variance that m must leave unexplained. Below it, θ₁ would be rounding noise. */
    private static final double COLLINEAR = 1e-12;

    /**
     * Fits the adjustment to the arms of an experiment.
     *
     * @param arms all arms, including control
     * @throws IllegalArgumentException if there are fewer than two arms, or an arm has fewer than two listeners
     */
    public static Cuped fit(List<CovariateArm> arms) {
        if (arms.size() < 2) {
            throw new IllegalArgumentException("there are " + arms.size() + " arms; an effect takes at least 2");
        }
        arms.forEach(CovariateArm::unadjusted); // throws if an arm is too small
        double xx = product(arms, CovariateArm.BEFORE, CovariateArm.BEFORE);
        double xm = product(arms, CovariateArm.BEFORE, CovariateArm.NEW);
        double mm = product(arms, CovariateArm.NEW, CovariateArm.NEW);
        double xy = product(arms, CovariateArm.BEFORE, CovariateArm.VALUE);
        double my = product(arms, CovariateArm.NEW, CovariateArm.VALUE);
        // Normal equations, solved by regressing x on m first (Frisch and Waugh).
        double ofNew = mm > 0 ? xm / mm : 0;
        double residual = xx - ofNew * xm;
        double slope = residual > COLLINEAR * xx ? (xy - ofNew * my) / residual : 0;
        double offset = mm > 0 ? (my - slope * xm) / mm : 0;
        return new Cuped(slope, offset, mean(arms, CovariateArm.BEFORE), mean(arms, CovariateArm.NEW));
    }

    /** Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ) over the listeners of all arms, each arm about its own means. */
    private static double product(List<CovariateArm> arms, int i, int j) {
        return arms.stream().mapToDouble(arm -> arm.moments().product(i, j)).sum();
    }

    private static double mean(List<CovariateArm> arms, int variable) {
        double sum = 0;
        double size = 0;
        for (CovariateArm arm : arms) {
            sum += arm.moments().mean(variable) * arm.moments().size();
            size += arm.moments().size();
        }
        return sum / size;
    }

    /** The arm's adjusted values. */
    public Sample adjusted(CovariateArm arm) {
        Moments moments = arm.moments();
        double[] weights = {1, -slope, -newcomerOffset};
        double variance = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                variance += weights[i] * weights[j] * moments.covariance(i, j);
            }
        }
        double mean = moments.mean(CovariateArm.VALUE)
                - slope * (moments.mean(CovariateArm.BEFORE) - meanBefore)
                - newcomerOffset * (moments.mean(CovariateArm.NEW) - newShare);
        return new Sample(moments.size(), mean, Math.max(0, variance));
    }

    /**
     * The relative reduction of the variance of the difference: 0.5 has the same effect as twice the listeners. It can be
     * slightly negative, and is NaN if the values of neither arm vary.
     */
    public double varianceReduction(CovariateArm control, CovariateArm treatment) {
        double before =
                control.unadjusted().squaredError() + treatment.unadjusted().squaredError();
        double after = adjusted(control).squaredError() + adjusted(treatment).squaredError();
        return 1 - after / before;
    }
}
