package dev.segue.health;

/** Thrown if the data do not allow a health report. The message has a remedy. */
public final class HealthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HealthException(String message) {
        super(message);
    }
}
