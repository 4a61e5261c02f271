package dev.segue.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Input in an unsupported format. The message, for the end of a sentence, names the format and a remedy. */
public final class UnreadableInput extends IOException {

    private static final String COPY_AGAIN = "; copy or compress the file again";

    /** @param message names the format and a remedy */
    public UnreadableInput(String message) {
        super(message);
    }

    UnreadableInput(String message, Throwable cause) {
        super(message, cause);
    }

    /** Explains a failure to open or read a file: the end of a sentence with a remedy and without the file's name. */
    public static String explain(IOException failure) {
        if (failure instanceof UnreadableInput) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file; correct the path";
        }
        if (failure instanceof AccessDeniedException) {
            return "the permissions do not allow it to be read; change them";
        }
        if (failure instanceof EOFException) {
            return "the gzip data ends early" + COPY_AGAIN;
        }
        if (failure instanceof ZipException) {
            return "damaged gzip data (" + failure.getMessage() + ")" + COPY_AGAIN;
        }
        return "cannot be read (" + failure.getMessage() + "); check the path and its permissions";
    }
}
