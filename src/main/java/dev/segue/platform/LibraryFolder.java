package dev.segue.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a native library from a jar cannot be unpacked into a folder and loaded, since the loader's own messages
 * do not name the cause. The check is slow and creates a temporary file in the folder, so call it only after loading
 * has failed.
 */
public final class LibraryFolder {

    /** On Linux, the list of files mapped by this process. */
    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

    private static final String MUSL = "ld-musl";

    /** Java's message for a file that must not be executed (EACCES), before version 22 and since. */
    private static final Pattern NOT_EXECUTABLE = Pattern.compile("error(=|: )13\\b");

    private LibraryFolder() {}

    /**
     * Determines the cause.
     *
     * @param folder the folder into which the library is unpacked
     * @param bytes space that the library needs, in bytes
     * @param remedy how to choose another folder
     * @return the cause and a remedy, as a clause; empty if the folder is usable
     */
    public static Optional<String> problem(Path folder, long bytes, String remedy) {
        if (isMusl(MAPPED_FILES)) {
            return Optional.of(
                    "this system's C library is musl, as in Alpine Linux, but the libraries in this jar need glibc;"
                            + " use a system or an image with glibc, such as Debian's");
        }
        return Optional.ofNullable(problem(folder, bytes)).map(cause -> cause + "; " + remedy);
    }

    /** Whether this process uses musl, by the list of its mapped files. */
    static boolean isMusl(Path loaded) {
        try {
            return Files.readString(loaded, StandardCharsets.ISO_8859_1).contains(MUSL);
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static @Nullable String problem(Path folder, long bytes) {
        if (!Files.isDirectory(folder)) {
            return missing(folder);
        }
        try {
            Path program = Files.createTempFile(folder, "segue", ".sh");
            try {
                if (!isExecutable(program)) {
                    return "the folder " + folder
                            + " is on a file system that is mounted noexec, which prevents"
                            + " loading libraries";
                }
            } finally {
                Files.delete(program);
            }
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= bytes
                    ? null
                    : String.format(
                            Locale.ROOT,
                            "the folder %s has %,d MB left, and the library takes %,d MB",
                            folder,
                            free / 1_000_000,
                            bytes / 1_000_000);
        } catch (AccessDeniedException e) {
            return "the folder " + folder + " cannot be written by " + userAndOwner(folder);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
            return "the folder " + folder + " cannot be written (" + reason + ")";
        }
    }

    private static boolean isExecutable(Path program) throws IOException {
        var view = Files.getFileAttributeView(program, PosixFileAttributeView.class);
        if (view == null) {
            return true; // for example on Windows, which has no noexec mounts
        }
        Files.writeString(program, "#!/bin/sh\n");
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        try {
            new ProcessBuilder(program.toString()).start().waitFor();
            return true;
        } catch (IOException e) {
            return !NOT_EXECUTABLE.matcher(String.valueOf(e.getMessage())).find();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String missing(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return "the folder " + folder + " cannot be created, since " + existing + " is a file";
        }
        return Files.isWritable(existing)
                ? "the folder " + folder + " does not exist"
                : "the folder " + folder + " cannot be created by " + userAndOwner(existing);
    }

    private static String userAndOwner(Path folder) {
        String user = "the user " + System.getProperty("user.name");
        try {
            return user + "; " + folder + " belongs to "
                    + Files.getOwner(folder).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return user;
        }
    }
}
