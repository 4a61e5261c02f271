package dev.segue.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words for users: without the names of Java's classes. */
public final class FailureReason {

    private FailureReason() {}

    /** The reason, such as "permission denied: /var/log/segue". */
    public static String of(IOException failure) {
        if (failure instanceof FileSystemException e && e.getFile() != null) {
            return ofFile(e);
        }
        return failure.getMessage() == null ? "for a reason that the system does not name" : failure.getMessage();
    }

    private static String ofFile(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no " + e.getFile();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied: " + e.getFile();
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " is there already";
        }
        return e.getReason() == null ? e.getFile() : e.getReason() + ": " + e.getFile();
    }
}
