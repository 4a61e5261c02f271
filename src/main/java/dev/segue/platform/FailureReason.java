package dev.segue.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Describes why a file could not be read or written, in words for users and without the names of Java classes. */
public final class FailureReason {

    private FailureReason() {}

    /** The reason, such as "permission denied: /var/log/segue". */
    public static String of(IOException failure) {
        if (failure instanceof FileSystemException e && e.getFile() != null) {
            return ofFile(e);
        }
        return failure.getMessage() == null ? "unknown reason" : failure.getMessage();
    }

    private static String ofFile(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file: " + e.getFile();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied: " + e.getFile();
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " already exists";
        }
        return e.getReason() == null ? e.getFile() : e.getReason() + ": " + e.getFile();
    }
}
