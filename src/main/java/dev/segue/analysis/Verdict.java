package dev.segue.analysis;

/** The verdict on an effect, by the direction of its metric. */
public enum Verdict {
    BETTER,
    WORSE,
    /** The arms differ in a metric without a direction. */
    DIFFERENT,
    /** No effect is shown. This is not evidence of no effect. */
    UNCLEAR,
    /** The values of neither arm vary, so that the effect cannot be tested. */
    UNTESTABLE,
    /** The arms' figures cover different kinds of listeners, so that their difference is not an effect: {@link Completion}. */
    WITHHELD
}
