package dev.segue.analysis;

/**
 * A confidence interval: the values that the data do not reject.
 *
 * @param lower the lower end; may be −∞
 * @param upper the upper end; may be +∞; not below {@code lower}
 */
public record Interval(double lower, double upper) {

    /** The interval of all values. */
    public static final Interval UNBOUNDED = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("no interval goes from " + lower + " to " + upper);
        }
    }

    static Interval around(double middle, double halfWidth) {
        return new Interval(middle - halfWidth, middle + halfWidth);
    }

    /** Whether both ends are finite. */
    public boolean isBounded() {
        return lower > Double.NEGATIVE_INFINITY && upper < Double.POSITIVE_INFINITY;
    }

    /** Whether the value is within the interval or equal to an end. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    double width() {
        return upper - lower;
    }
}
