package dev.segue.catalog;

import dev.segue.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A catalog file that cannot be read or written. The message names the file, the line where there is one, and a remedy. */
public final class CatalogException extends RuntimeException {

    public CatalogException(String message) {
        this(message, null);
    }

    public CatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A file that cannot be opened or read, in words that tell what to do about it. */
    public static CatalogException unreadable(Path file, IOException e) {
        return new CatalogException(
                e instanceof NoSuchFileException
                        ? "no such file: " + file
                        : file.getFileName() + ": " + UnreadableInput.explain(e),
                e);
    }
}
