package dev.segue.training;

import org.jspecify.annotations.Nullable;

/** Training that cannot begin or go on. The message says why, and what to do. */
public final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TrainingException(String message) {
        this(message, null);
    }

    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
