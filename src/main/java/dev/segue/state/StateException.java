package dev.segue.state;

import org.jspecify.annotations.Nullable;

/** State that cannot be read or written. The message names the file, the line if there is one, and a remedy. */
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StateException(String message) {
        this(message, null);
    }

    StateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
