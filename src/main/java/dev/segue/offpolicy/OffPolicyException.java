package dev.segue.offpolicy;

/** Data that cannot be evaluated, with place and remedy in one line. */
public final class OffPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OffPolicyException(String message) {
        super(message);
    }

    OffPolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
