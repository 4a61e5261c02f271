package dev.segue.analysis;

import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * The difference of two means, treatment − control, and what a test says of it.
 *
 * <p>If the values of neither arm vary there is nothing to measure the difference by: the test says nothing, {@link
 * #isTestable} is false, the interval is unbounded and all other figures but the estimate are NaN.
 *
 * @param estimate treatment mean − control mean
 * @param standardError the estimate's standard error
 * @param criticalValue how many standard errors the interval reaches to either side
 * @param pValue probability of an estimate at least as far from 0 if the true difference is 0
 * @param interval confidence interval of the difference
 */
public record Difference(
        double estimate, double standardError, double criticalValue, double pValue, Interval interval) {

    /** Below this many times the larger mean, a standard error is rounding; the limit of R's {@code t.test}. */
    private static final double CONSTANT = 10 * Math.ulp(1.0);

    /**
     * Welch's t-test: the arms' variances may differ (B. L. Welch, The generalization of "Student's" problem when several
     * different population variances are involved, Biometrika 34, 1947).
     *
     * @param alpha how often the interval may miss and the test may be wrong if nothing differs, between 0 and 1
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
     * A test that stays valid however often and whenever it is looked at, of listeners taken in arrival order: the
     * asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Time-uniform central limit theory
     * and asymptotic confidence sequences, Annals of Statistics 52, 2024, theorem 2.2) for the difference of means, whose
     * standard deviation per listener is estimated by √n times the standard error.
     *
     * @param mixture the boundary; it also says alpha
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

    /** The same difference with the p-value of another test. */
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
