package dev.segue.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A catalog file that cannot be read or written. The message is one line that names the file, the line if there is one, and a
 * remedy.
 */
public final class FileException extends RuntimeException {

    public FileException(String message) {
        this(message, null);
    }

    public FileException(String message, @Nullable Throwable cause) {
        super(OneLine.of(message), cause);
    }

    /** Creates the exception for a file that cannot be opened or read. */
    public static FileException unreadable(Path file, IOException e) {
        return new FileException(
                e instanceof NoSuchFileException
                        ? "no such file: " + file
                        : file.getFileName() + ": " + UnreadableInput.explain(e),
                e);
    }
}
