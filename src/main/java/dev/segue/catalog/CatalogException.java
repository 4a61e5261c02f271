package dev.segue.catalog;

import org.jspecify.annotations.Nullable;

/** A catalog file that cannot be read or written. The message names the file, the line where there is one, and a remedy. */
public final class CatalogException extends RuntimeException {

    public CatalogException(String message) {
        this(message, null);
    }

    public CatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
