package dev.segue.evaluation;

import org.jspecify.annotations.Nullable;

/** An evaluation that cannot begin or go on. The message names the place and the remedy. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EvaluationException(String message) {
        this(message, null);
    }

    public EvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
