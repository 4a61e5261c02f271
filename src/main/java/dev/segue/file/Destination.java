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
 * The place that is written to when a user names a file: the file at the end of symbolic links, and a pipe or a device itself. None
 * of them is ever replaced by another kind of file.
 */
public final class Destination {

    /** More than any system follows. */
    private static final int MAX_LINKS = 40;

    /** Linux's folders of open files: {@code /dev/stdout} and {@code /dev/fd/3} are links into one. */
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
     * Follows the links of a name. A link may lead to a file that does not exist yet.
     *
     * @throws IOException if the name is a folder's, or the links lead round in a circle
     */
    public static Destination of(Path file) throws IOException {
        Path path = behindLinks(file);
        if (isDescriptor(path)) {
            return new Destination(path, Kind.STREAM);
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return new Destination(path, Kind.MISSING);
        }
        if (Files.isDirectory(path)) {
            throw new FileSystemException(file.toString(), null, "a folder and no file");
        }
        return new Destination(path, Files.isRegularFile(path) ? Kind.REGULAR : Kind.STREAM);
    }

    /** Makes a folder, with those above it, unless it is there; behind a link, the folder that the link names. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(behindLinks(folder)); // which takes a link to a folder for a file before Java 20
        }
    }

    private static Path behindLinks(Path file) throws IOException {
        Path path = file.toAbsolutePath();
        for (int links = 0; links < MAX_LINKS; links++) {
            if (isDescriptor(path) || !Files.isSymbolicLink(path)) {
                return path;
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        throw new FileSystemException(file.toString(), null, "its symbolic links lead round in a circle");
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

    /** Whether there is a file that holds something. */
    public boolean isFile() {
        return kind == Kind.REGULAR;
    }

    /** Whether it is a pipe or a device, which hands the bytes on: {@link #open} writes to it. */
    public boolean isStream() {
        return kind == Kind.STREAM;
    }

    /** Opens a pipe or a device; a pipe waits for a reader. */
    public OutputStream open() throws IOException {
        FileDescriptor standard = standardDescriptor();
        if (standard != null) {
            // Opened anew, a file would be written from its start, over what the same redirection put there before.
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

    /** A stream that stays open for those who own it. */
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
