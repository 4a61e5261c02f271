package dev.segue.event;

import org.jspecify.annotations.Nullable;

/** A log that cannot be opened or read. The message names a remedy, or the file and the line. */
public final class EventLogException extends RuntimeException {

    public EventLogException(String message) {
        super(message);
    }

    public EventLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
