package dev.segue.analysis;

/**
 * A method for the confidence interval of the relative effect ρ − 1, where ρ = treatment mean / control mean.
 *
 * <p>Below, c and t are the means, u and v are their squared standard errors, and q is the critical value, half the width of
 * the interval in standard errors. If q is taken from the test of the difference, {@link #FIELLER} and {@link #SEED} exclude 0
 * if and only if that test is significant.
 *
 * <p>If the control mean is 0 or negative, the relative effect is not defined, and no method gives bounds.
 */
public enum IntervalMethod {
    /**
     * All ρ with (t − ρc)² ≤ q²·(v + ρ²u): the ratios that a test of t − ρc does not reject (E. C. Fieller, Some problems
     * in interval estimation, JRSS B 16, 1954). Unbounded if the control mean is not distinguishable from 0, c² ≤ q²u.
     */
    FIELLER {
        @Override
        Interval bounds(Sample control, Sample treatment, double q) {
            double c = control.mean();
            double t = treatment.mean();
            double u = control.squaredError();
            double v = treatment.squaredError();
            double scale = c * c - q * q * u;
            if (scale <= 0) {
                return Interval.UNBOUNDED;
            }
            double root = q * Math.sqrt(v * scale + u * t * t);
            return new Interval((c * t - root) / scale - 1, (c * t + root) / scale - 1);
        }
    },

    /**
     * The interval of the difference, divided by the control mean: (t − c ± q·√(u + v))/c. The original table of Botify uses
     * this formula. It ignores the variance of the control mean. Its coverage is too low for large positive effects, and too
     * high for negative effects.
     */
    SEED {
        @Override
        Interval bounds(Sample control, Sample treatment, double q) {
            double difference = treatment.mean() - control.mean();
            double reach = q * Math.sqrt(control.squaredError() + treatment.squaredError());
            return new Interval((difference - reach) / control.mean(), (difference + reach) / control.mean());
        }
    },

    /**
     * ρ − 1 ± q·√(v + ρ²u)/c: the first-order variance of the ratio (Deng, Knoblich and Lu, Applying the delta method in
     * metric analytics, KDD 2018, on percent changes).
     */
    DELTA {
        @Override
        Interval bounds(Sample control, Sample treatment, double q) {
            return Interval.around(treatment.mean() / control.mean() - 1, q * deltaStandardError(control, treatment));
        }
    },

    /**
     * ρ·exp(± q·√(v/t² + u/c²)) − 1: the delta method for log ρ, which keeps the ratio positive. Unbounded if the
     * treatment mean is 0 or negative.
     */
    LOG {
        @Override
        Interval bounds(Sample control, Sample treatment, double q) {
            double ratio = treatment.mean() / control.mean();
            if (ratio <= 0) {
                return Interval.UNBOUNDED;
            }
            double reach = q * deltaStandardError(control, treatment) / ratio;
            return new Interval(ratio * Math.exp(-reach) - 1, ratio * Math.exp(reach) - 1);
        }
    };

    /** The first-order standard error of ρ: √(v + ρ²u)/c; not negative for positive control means. */
    static double deltaStandardError(Sample control, Sample treatment) {
        double ratio = treatment.mean() / control.mean();
        return Math.sqrt(treatment.squaredError() + ratio * ratio * control.squaredError()) / control.mean();
    }

    /**
     * The interval of the relative effect, as a fraction.
     *
     * @param criticalValue q, such as {@link Difference#criticalValue}; NaN, from a difference that cannot be tested, gives
     *     no bounds
     */
    public final Interval relativeInterval(Sample control, Sample treatment, double criticalValue) {
        if (control.mean() <= 0 || Double.isNaN(criticalValue)) {
            return Interval.UNBOUNDED;
        }
        return bounds(control, treatment, criticalValue);
    }

    /** The interval for a control mean above 0. */
    abstract Interval bounds(Sample control, Sample treatment, double q);
}
