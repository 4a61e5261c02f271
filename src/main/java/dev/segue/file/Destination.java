package dev.segue.file;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The target of a write to a path that the user named: the file at the end of symbolic links, or a pipe or device. A
 * target is never replaced by another kind of file.
 */
public final class Destination {

    /** The limit of Linux. */
    private static final int MAX_LINKS = 40;

    /** Linux's folders of open file descriptors: {@code /dev/stdout} and {@code /dev/fd/3} are links into them. */
    private static final Pattern DESCRIPTORS = Pattern.compile("/proc/[0-9]+(/task/[0-9]+)?/fd");

    private enum Kind {
        MISSING,
        REGULAR,
        STREAM
    }

    private final Path path;
    private final Kind kind;

    private Destination(Path path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    /**
     * Resolves the symbolic links of a path. The target need not exist.
     *
     * @throws IOException if the target is a folder, or the links form a loop
     */
    public static Destination of(Path file) throws IOException {
        Path path = resolveLinks(file);
        if (isDescriptor(path)) {
            return new Destination(path, Kind.STREAM);
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return new Destination(path, Kind.MISSING);
        }
        if (Files.isDirectory(path)) {
            throw new FileSystemException(file.toString(), null, "a folder, not a file");
        }
        return new Destination(path, Files.isRegularFile(path) ? Kind.REGULAR : Kind.STREAM);
    }

    /**
     * Creates a folder and its parents if missing. If the path is a dangling link, creates the folder that the link
     * names.
     */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(resolveLinks(folder)); // before Java 20, this method fails on a link to a folder
        }
    }

    private static Path resolveLinks(Path file) throws IOException {
        Path path = file.toAbsolutePath();
        for (int links = 0; links < MAX_LINKS; links++) {
            if (isDescriptor(path) || !Files.isSymbolicLink(path)) {
                return path;
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        throw new FileSystemException(file.toString(), null, "its symbolic links form a loop");
    }

    private static boolean isDescriptor(Path path) throws IOException {
        Path folder = path.getParent();
        return folder != null
                && Files.isDirectory(folder)
                && DESCRIPTORS.matcher(folder.toRealPath().toString()).matches();
    }

    /** The file at the end of the links. */
    public Path path() {
        return path;
    }

    /** Whether the target is an existing regular file. */
    public boolean isFile() {
        return kind == Kind.REGULAR;
    }

    /** Whether the target is a pipe or a device: {@link #open} writes to it. */
    public boolean isStream() {
        return kind == Kind.STREAM;
    }

    /** Opens a pipe or a device for writing; blocks until a pipe has a reader. */
    public OutputStream open() throws IOException {
        FileDescriptor standard = standardDescriptor();
        if (standard != null) {
            // Reopening a redirected file would overwrite the earlier output of the same redirection.
            return new Borrowed(new FileOutputStream(standard));
        }
        return Files.newOutputStream(path, WRITE, APPEND);
    }

    private @Nullable FileDescriptor standardDescriptor() throws IOException {
        if (!isDescriptor(path) || !Files.isSameFile(path.getParent(), Path.of("/proc/self/fd"))) {
            return null;
        }
        return switch (path.getFileName().toString()) {
            case "1" -> FileDescriptor.out;
            case "2" -> FileDescriptor.err;
            default -> null;
        };
    }

    /** A stream whose {@link #close} does not close the underlying stream. */
    private static final class Borrowed extends FilterOutputStream {
        Borrowed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
