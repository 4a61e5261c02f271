package dev.segue.analysis;

/** The verdict on an effect, seen in its metric's direction. */
public enum Verdict {
    BETTER,
    WORSE,
    /** The arms differ in a metric that is neither better nor worse either way. */
    DIFFERENT,
    /** The data are compatible with no effect; that is no proof of none. */
    UNCLEAR,
    /** The values of neither arm vary, so that nothing can be said. */
    UNTESTABLE,
    /** The arms' figures are of different kinds of listeners, so that their difference is no effect: {@link Completion}. */
    WITHHELD
}
