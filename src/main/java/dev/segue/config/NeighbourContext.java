package dev.segue.config;

/**
 * The track whose neighbours are recommended.
 *
 * <p>{@code embedding.Context} has the same constants for the training of a model. This package uses no other package of
 * Segue, so it has an enum of its own.
 */
public enum NeighbourContext {
    /** The session's first track. */
    FIRST,
    /** The track that was played last, or the last one that was liked under the rule skip-memory. */
    PREVIOUS;

    /** The context as the file writes it. */
    public String text() {
        return Values.Choice.text(this);
    }
}
