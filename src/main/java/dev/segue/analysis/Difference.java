package dev.segue.analysis;

import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * The difference of two means, treatment − control, with its test.
 *
 * <p>If the values of neither arm vary, the difference cannot be tested: {@link #isTestable} is false, the interval is
 * unbounded, and all figures except the estimate are NaN.
 *
 * @param estimate treatment mean − control mean
 * @param standardError the estimate's standard error
 * @param criticalValue half the width of the interval, in standard errors
 * @param pValue the p-value for a true difference of 0
 * @param interval confidence interval of the difference
 */
public record Difference(
        double estimate, double standardError, double criticalValue, double pValue, Interval interval) {

    /** A standard error below this fraction of the larger mean is treated as rounding, as in R's {@code t.test}. */
    private static final double CONSTANT = 10 * Math.ulp(1.0);

    /**
     * Welch's t-test: the arms' variances may differ (B. L. Welch, The generalization of "Student's" problem when several
     * different population variances are involved, Biometrika 34, 1947).
     *
     * @param alpha the significance level, between 0 and 1; 1 − alpha is the confidence level
     */
    static Difference welch(Sample control, Sample treatment, double alpha) {
        Arguments.requireOpenShare("alpha", alpha);
        if (isConstant(control, treatment)) {
            return untestable(control, treatment);
        }
        TTest.Result test = TTest.withDefaults()
                .with(DataDispersion.HETEROSCEDASTIC)
                .test(
                        treatment.mean(),
                        treatment.variance(),
                        treatment.size(),
                        control.mean(),
                        control.variance(),
                        control.size());
        return new Difference(
                control,
                treatment,
                StudentT.twoSidedCriticalValue(alpha, test.getDegreesOfFreedom()),
                test.getPValue());
    }

    /**
     * A test that stays valid for repeated looks at listeners in the order of arrival: the asymptotic confidence sequence of
     * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Time-uniform central limit theory and asymptotic confidence sequences,
     * Annals of Statistics 52, 2024, theorem 2.2) for the difference of means. The standard deviation per listener is
     * estimated by √n times the standard error.
     *
     * @param mixture the boundary, which includes alpha
     */
    static Difference alwaysValid(Sample control, Sample treatment, NormalMixture mixture) {
        if (isConstant(control, treatment)) {
            return untestable(control, treatment);
        }
        long size = control.size() + treatment.size();
        double statistic = (treatment.mean() - control.mean()) / standardError(control, treatment);
        return new Difference(control, treatment, mixture.criticalValue(size), mixture.pValue(statistic, size));
    }

    private Difference(Sample control, Sample treatment, double criticalValue, double pValue) {
        this(
                treatment.mean() - control.mean(),
                standardError(control, treatment),
                criticalValue,
                pValue,
                Interval.around(treatment.mean() - control.mean(), criticalValue * standardError(control, treatment)));
    }

    /** This difference with the p-value of another test. */
    Difference withPValue(double other) {
        return new Difference(estimate, standardError, criticalValue, other, interval);
    }

    private static Difference untestable(Sample control, Sample treatment) {
        return new Difference(
                treatment.mean() - control.mean(), Double.NaN, Double.NaN, Double.NaN, Interval.UNBOUNDED);
    }

    private static boolean isConstant(Sample control, Sample treatment) {
        double larger = Math.max(Math.abs(control.mean()), Math.abs(treatment.mean()));
        return standardError(control, treatment) <= CONSTANT * larger;
    }

    private static double standardError(Sample control, Sample treatment) {
        return Math.sqrt(control.squaredError() + treatment.squaredError());
    }

    /** Whether the values of at least one arm vary. */
    public boolean isTestable() {
        return !Double.isNaN(pValue);
    }
}
