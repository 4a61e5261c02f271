package dev.segue.experiment;

/**
 * An arm of an experiment.
 *
 * @param name {@code C} for control, then {@code T1}, {@code T2}, …
 * @param weight its share of listeners, relative to the other arms' weights; ≥ 1
 */
public record Arm(String name, long weight) {

    /** The name of the first arm, which the others are compared with. */
    public static final String CONTROL = "C";

    public Arm {
        if (weight < 1) {
            throw new IllegalArgumentException("arm " + name + " has weight " + weight + "; it must be at least 1");
        }
    }
}
