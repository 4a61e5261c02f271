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
 * Why a native library that a jar carries cannot be unpacked into a folder and loaded from there. The loader's own words name none of the
 * causes. This takes a while, and a file in the folder for a moment: ask it only when loading has failed.
 */
public final class LibraryFolder {

    /** Of Linux, the files that a process has loaded. */
    private static final Path LOADED = Path.of("/proc/self/maps");

    private static final String MUSL = "ld-musl";

    /** How Java tells that a file may not be run, EACCES, in versions before and since 22. */
    private static final Pattern NOT_RUNNABLE = Pattern.compile("error(=|: )13\\b");

    private LibraryFolder() {}

    /**
     * Looks for the cause.
     *
     * @param folder where the library is unpacked
     * @param bytes how much space that takes
     * @param remedy how to name another folder
     * @return the cause and what to do about it, as a clause; empty if the folder is fit
     */
    public static Optional<String> problem(Path folder, long bytes, String remedy) {
        if (isMusl(LOADED)) {
            return Optional.of(
                    "this system's C library is musl, as in Alpine Linux, and the libraries in this jar are made for glibc;"
                            + " use a system or an image with glibc, such as Debian's");
        }
        return Optional.ofNullable(problem(folder, bytes)).map(cause -> cause + "; " + remedy);
    }

    /** Whether this process runs on musl, by the list of the files that it has loaded. */
    static boolean isMusl(Path loaded) {
        try {
            return Files.readString(loaded, StandardCharsets.ISO_8859_1).contains(MUSL);
        } catch (IOException noLinux) {
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
                if (!isRunnable(program)) {
                    return "the folder " + folder
                            + " is on a file system that is mounted noexec, which keeps libraries from"
                            + " being loaded";
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

    private static boolean isRunnable(Path program) throws IOException {
        var view = Files.getFileAttributeView(program, PosixFileAttributeView.class);
        if (view == null) {
            return true; // as on Windows, which has no such mounts
        }
        Files.writeString(program, "#!/bin/sh\n");
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        try {
            new ProcessBuilder(program.toString()).start().waitFor();
            return true;
        } catch (IOException e) {
            return !NOT_RUNNABLE.matcher(String.valueOf(e.getMessage())).find();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String missing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return "the folder " + folder + " cannot be made, since " + there + " is a file";
        }
        return Files.isWritable(there)
                ? "the folder " + folder + " does not exist"
                : "the folder " + folder + " cannot be made by " + userAndOwner(there);
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
