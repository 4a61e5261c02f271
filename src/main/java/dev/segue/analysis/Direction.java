package dev.segue.analysis;

/** The direction in which a metric improves. */
public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER,
    /** A change is neither an improvement nor a deterioration. */
    NEITHER
}
