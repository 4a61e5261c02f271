package dev.segue.experiment;

/**
 * An arm of an experiment.
 *
 * @param name {@code C} for control, then {@code T1}, {@code T2}, …
 * @param weight its share of listeners, relative to the other arms' weights; ≥ 1
 */
public record Arm(String name, long weight) {

    /** The name of the first arm; the other arms are compared with it. */
    public static final String CONTROL = "C";

    public Arm {
        if (weight < 1) {
            throw new IllegalArgumentException("the weight of arm " + name + " must be at least 1, is " + weight);
        }
    }
}
