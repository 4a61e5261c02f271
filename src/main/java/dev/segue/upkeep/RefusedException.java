package dev.segue.upkeep;

/** New files are not served; the message has the reason. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
