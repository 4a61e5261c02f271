package dev.segue.analysis;

/** Which way a metric improves. */
public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER,
    /** A change is worth knowing, but neither good nor bad. */
    NEITHER
}
