package dev.segue.offpolicy;

/** Invalid data for an off-policy evaluation. The message states the place and a remedy. */
public final class OffPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OffPolicyException(String message) {
        super(message);
    }

    OffPolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
