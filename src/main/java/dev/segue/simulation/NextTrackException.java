package dev.segue.simulation;

import org.jspecify.annotations.Nullable;

/** A request that got no usable answer. The message says what was asked and what came instead. */
public final class NextTrackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Whose fault a failure is, as far as the client can tell. */
    public enum Kind {
        /** The server refused the request: a 4xx status. */
        CLIENT_ERROR,
        /** The server failed: a 5xx status. */
        SERVER_ERROR,
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or it broke. */
        CONNECTION,
        /** An answer that does not follow the protocol. */
        GARBAGE
    }

    private final Kind kind;

    public NextTrackException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Whether the server did answer, if wrongly: it is there. */
    public boolean isAnswer() {
        return kind != Kind.TIMEOUT && kind != Kind.CONNECTION;
    }

    /** Whose fault it is. */
    public Kind kind() {
        return kind;
    }
}
