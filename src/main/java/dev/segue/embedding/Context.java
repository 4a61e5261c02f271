package dev.segue.embedding;

/** The track that a prediction goes out from. Training and serving must use the same. */
public enum Context {
    /** The session's first track: what the session is about. */
    FIRST,
    /** The track before. */
    PREVIOUS
}
