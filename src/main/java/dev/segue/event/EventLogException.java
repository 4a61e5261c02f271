package dev.segue.event;

import dev.segue.file.OneLine;
import org.jspecify.annotations.Nullable;

/** A log that cannot be opened or read. The message is one line that names a remedy, or the file and the line. */
public final class EventLogException extends RuntimeException {

    public EventLogException(String message) {
        this(message, null);
    }

    public EventLogException(String message, @Nullable Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
