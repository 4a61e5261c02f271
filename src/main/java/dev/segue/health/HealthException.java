package dev.segue.health;

/** Data without a health report; the message has a remedy. */
public final class HealthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HealthException(String message) {
        super(message);
    }
}
