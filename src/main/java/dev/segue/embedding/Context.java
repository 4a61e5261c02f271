package dev.segue.embedding;

/** The context track of a prediction. Training and serving must use the same one. */
public enum Context {
    /** The session's first track. */
    FIRST,
    /** The previous track. */
    PREVIOUS
}
