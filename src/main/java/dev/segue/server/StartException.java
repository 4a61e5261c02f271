package dev.segue.server;

/** The server cannot start; the message says why and what to do about it. */
public final class StartException extends RuntimeException {

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
