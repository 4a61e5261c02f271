package dev.segue.health;

/** Data of which no health can be told, with the remedy in one line. */
public final class HealthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HealthException(String message) {
        super(message);
    }
}
