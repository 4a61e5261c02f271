package dev.segue.analysis;

import java.util.Objects;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A guardrail: a one-sided test of whether the treatment is worse than control by less than a margin. The burden of proof is
 * on the treatment: a guardrail that is not passed may be intact, if there are too few listeners.
 *
 * @param metric the guarded metric, which must have a direction
 * @param arm name of the treatment's arm
 * @param margin the tolerated deterioration, above 0
 * @param isRelative true if margin and bound are fractions of the control mean, false if they are in the unit of the metric
 * @param bound one-sided confidence bound of the effect in the direction of deterioration; infinite if the data give none
 * @param pValue the p-value for a deterioration by the margin; NaN if it cannot be tested, because no values vary, or because
 *     the margin is relative and the control mean is 0 or negative
 * @param alpha the significance level
 */
public record NonInferiority(
        Metric metric, String arm, double margin, boolean isRelative, double bound, double pValue, double alpha) {

    public NonInferiority {
        Objects.requireNonNull(arm, "arm");
        Arguments.requirePositive("margin", margin);
        Arguments.requireOpenShare("alpha", alpha);
        if (metric.direction() == Direction.NEITHER) {
            throw new IllegalArgumentException(
                    "a change of " + metric.name() + " is neither good nor bad; guard a metric that has a direction");
        }
    }

    /**
     * Tests against a margin in the unit of the metric, by the one-sided form of Welch's test, shifted by the margin.
     *
     * @throws IllegalArgumentException if the margin is not above 0 or the metric has no direction
     */
    public static NonInferiority absolute(
            Metric metric, String arm, Sample control, Sample treatment, double margin, double alpha) {
        double worse = towardsWorse(metric);
        double bound = worse * Double.POSITIVE_INFINITY;
        double pValue = Double.NaN;
        if (Difference.welch(control, treatment, alpha).isTestable()) {
            Boundary boundary = new Boundary(control, treatment, 1, worse * margin);
            double reach = boundary.standardError() * boundary.criticalValue(alpha);
            bound = treatment.mean() - control.mean() + worse * reach;
            pValue = boundary.pValue(worse);
        }
        return new NonInferiority(metric, arm, margin, false, bound, pValue, alpha);
    }

    /**
     * Tests against a margin that is a fraction of the control mean: whether t − ρ₀c is on the good side of 0, with ρ₀ = 1 ±
     * margin. This is the test of Hasler, Vonk and Hothorn (Assessing non-inferiority of a new treatment in a three-arm trial
     * in the presence of heteroscedasticity, Statistics in Medicine 27, 2008); for two arms it is Sasabuchi's test with
     * Welch's degrees of freedom. The bound is Fieller's.
     *
     * @throws IllegalArgumentException if the margin is not above 0, or 1 and more for a metric that falls when it gets
     *     worse, or the metric has no direction
     */
    public static NonInferiority relative(
            Metric metric, String arm, Sample control, Sample treatment, double margin, double alpha) {
        double worse = towardsWorse(metric);
        if (worse < 0 && margin >= 1) {
            throw new IllegalArgumentException("margin " + margin + " lets " + metric.name()
                    + " fall to nothing; give a fraction of the control mean below 1");
        }
        double bound = worse * Double.POSITIVE_INFINITY;
        double pValue = Double.NaN;
        if (control.mean() > 0 && Difference.welch(control, treatment, alpha).isTestable()) {
            Boundary boundary = new Boundary(control, treatment, 1 + worse * margin, 0);
            Interval interval =
                    IntervalMethod.FIELLER.relativeInterval(control, treatment, boundary.criticalValue(alpha));
            bound = worse > 0 ? interval.upper() : interval.lower();
            pValue = boundary.pValue(worse);
        }
        return new NonInferiority(metric, arm, margin, true, bound, pValue, alpha);
    }

    private static double towardsWorse(Metric metric) {
        return metric.direction() == Direction.LOWER_IS_BETTER ? 1 : -1;
    }

    /** Whether the test shows that the treatment is worse by less than the margin. */
    public boolean isPassed() {
        return pValue < alpha;
    }

    /** The treatment mean at the margin: ratio · control mean + shift. */
    private record Boundary(Sample control, Sample treatment, double ratio, double shift) {

        double standardError() {
            return Math.sqrt(treatment.squaredError() + ratio * ratio * control.squaredError());
        }

        private double degreesOfFreedom() {
            return StudentT.degreesOfFreedom(control, ratio, treatment);
        }

        double criticalValue(double alpha) {
            return StudentT.oneSidedCriticalValue(alpha, degreesOfFreedom());
        }

        double pValue(double worse) {
            double excess = treatment.mean() - ratio * control.mean() - shift;
            return TDistribution.of(degreesOfFreedom()).cumulativeProbability(worse * excess / standardError());
        }
    }
}
