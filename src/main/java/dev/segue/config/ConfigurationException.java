package dev.segue.config;

/** A setting is wrong. The message is one line that names the place and the remedy. */
public final class ConfigurationException extends RuntimeException {

    private static final String LINE_BREAKING = "[\\p{Cntrl}\\u0085\\u2028\\u2029]";

    public ConfigurationException(String message) {
        super(message.replaceAll(LINE_BREAKING, "?"));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
