package dev.segue.importing;

import dev.segue.file.OneLine;
import org.jspecify.annotations.Nullable;

/** An import that fails. The message is one line that names the file, the line where there is one, and a remedy. */
public final class ImportException extends RuntimeException {

    public ImportException(String message) {
        this(message, null);
    }

    public ImportException(String message, @Nullable Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
