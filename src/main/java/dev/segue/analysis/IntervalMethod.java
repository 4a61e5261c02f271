package dev.segue.analysis;

/**
 * How to get a confidence interval of the relative effect ρ − 1, ρ = treatment mean / control mean.
 *
 * <p>Below, c and t are the means, u and v their squared standard errors and q is the critical value: so many standard
 * errors the interval reaches. Taking q from the test of the difference makes {@link #FIELLER} and {@link #SEED} leave out
 * 0 exactly when that test is significant.
 *
 * <p>A relative effect needs something to be relative to: if the control mean is 0 or negative, no method gives bounds.
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
     * The interval of the difference, divided by the control mean: (t − c ± q·√(u + v))/c. The formula of the table that
     * Segue's reports began with; it takes the control mean for exact, and so covers too seldom where the effect is large
     * and positive, and too often where it is negative.
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
     * ρ − 1 ± q·√(v + ρ²u)/c: the ratio's variance to first order (Deng, Knoblich and Lu, Applying the delta method in
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

    /** The standard error of ρ to first order: √(v + ρ²u)/c; not negative for positive control means. */
    static double deltaStandardError(Sample control, Sample treatment) {
        double ratio = treatment.mean() / control.mean();
        return Math.sqrt(treatment.squaredError() + ratio * ratio * control.squaredError()) / control.mean();
    }

    /**
     * The interval of the relative effect, as a fraction.
     *
     * @param criticalValue q, such as {@link Difference#criticalValue}; NaN, from a difference that cannot be tested,
     *     gives no bounds
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
