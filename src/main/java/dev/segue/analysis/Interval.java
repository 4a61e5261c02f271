package dev.segue.analysis;

/**
 * The values that the data do not speak against.
 *
 * @param lower may be −∞
 * @param upper may be +∞; not below {@code lower}
 */
public record Interval(double lower, double upper) {

    /** All values: the data speak against none of them. */
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

    /** Whether the value lies inside or is one of the ends. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    double width() {
        return upper - lower;
    }
}
