package dev.segue.simulation;

import org.jspecify.annotations.Nullable;

/** A request without a valid response. The message names the request and its result. */
public final class NextTrackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The kinds of failures. */
    public enum Kind {
        /** The server refused the request: a 4xx status. */
        CLIENT_ERROR,
        /** The server failed: a 5xx status. */
        SERVER_ERROR,
        /** No response in time. */
        TIMEOUT,
        /** The connection could not be made or was lost. */
        CONNECTION,
        /** The response does not follow the protocol. */
        GARBAGE
    }

    private final Kind kind;

    public NextTrackException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Whether the server sent a response, though not a valid one. */
    public boolean isResponse() {
        return kind != Kind.TIMEOUT && kind != Kind.CONNECTION;
    }

    /** The kind of the failure. */
    public Kind kind() {
        return kind;
    }
}
