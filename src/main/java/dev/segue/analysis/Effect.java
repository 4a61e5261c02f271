package dev.segue.analysis;

import java.util.Objects;

/**
 * The effect of a treatment on a metric, compared with control: a row of the report.
 *
 * @param metric the metric
 * @param arm name of the treatment's arm, such as {@code T1}
 * @param control the control's listeners
 * @param treatment the treatment's listeners
 * @param absolute the difference of the means and its test
 * @param relative the difference as a fraction of the control mean; NaN if the control mean is 0 or negative
 * @param relativeInterval confidence interval of the relative effect; unbounded if the data give no bounds
 * @param method the method of the relative interval
 * @param alpha the significance level, between 0 and 1; 1 − alpha is the confidence level
 * @param adjustedPValue the p-value corrected for multiple tests; initially the p-value itself
 */
public record Effect(
        Metric metric,
        String arm,
        Sample control,
        Sample treatment,
        Difference absolute,
        double relative,
        Interval relativeInterval,
        IntervalMethod method,
        double alpha,
        double adjustedPValue) {

    public Effect {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(arm, "arm");
        Arguments.requireOpenShare("alpha", alpha);
    }

    /** The effect by Welch's t-test, which is valid for one look at the data. */
    public static Effect of(
            Metric metric, String arm, Sample control, Sample treatment, IntervalMethod method, double alpha) {
        return of(metric, arm, control, treatment, Difference.welch(control, treatment, alpha), method, alpha);
    }

    /** This effect, which compares shares, with the p-value of a test of proportions. */
    public Effect withProportionTest(Completion completion) {
        return absolute.isTestable()
                ? of(metric, arm, control, treatment, absolute.withPValue(completion.pValue()), method, alpha)
                : this;
    }

    static Effect of(
            Metric metric,
            String arm,
            Sample control,
            Sample treatment,
            Difference absolute,
            IntervalMethod method,
            double alpha) {
        return new Effect(
                metric,
                arm,
                control,
                treatment,
                absolute,
                control.mean() > 0 ? absolute.estimate() / control.mean() : Double.NaN,
                method.relativeInterval(control, treatment, absolute.criticalValue()),
                method,
                alpha,
                absolute.pValue());
    }

    /** This effect with a corrected p-value. */
    Effect withAdjustedPValue(double adjusted) {
        return new Effect(
                metric, arm, control, treatment, absolute, relative, relativeInterval, method, alpha, adjusted);
    }

    /** Lower end of the relative interval, as a fraction. */
    public double lower() {
        return relativeInterval.lower();
    }

    /** Upper end of the relative interval, as a fraction. */
    public double upper() {
        return relativeInterval.upper();
    }

    public double controlMean() {
        return control.mean();
    }

    public double treatmentMean() {
        return treatment.mean();
    }

    /** The uncorrected p-value of the difference; NaN if it cannot be tested. */
    public double pValue() {
        return absolute.pValue();
    }

    /** Whether the difference is significant without a correction for multiple tests. */
    public boolean significant() {
        return absolute.pValue() < alpha;
    }

    /** The verdict by the corrected p-value. */
    public Verdict verdict() {
        if (!absolute.isTestable()) {
            return Verdict.UNTESTABLE;
        }
        if (!(adjustedPValue < alpha)) {
            return Verdict.UNCLEAR;
        }
        boolean higher = absolute.estimate() > 0;
        return switch (metric.direction()) {
            case HIGHER_IS_BETTER -> higher ? Verdict.BETTER : Verdict.WORSE;
            case LOWER_IS_BETTER -> higher ? Verdict.WORSE : Verdict.BETTER;
            case NEITHER -> Verdict.DIFFERENT;
        };
    }
}
