package dev.segue.evaluation;

import org.jspecify.annotations.Nullable;

/** An error that prevents an evaluation. The message states the place and a remedy. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EvaluationException(String message) {
        this(message, null);
    }

    public EvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
