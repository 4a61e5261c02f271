package dev.segue.reload;

/** There is no generation to return to, or a reload is in progress. */
public final class NoRollbackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoRollbackException(String message) {
        super(message);
    }
}
