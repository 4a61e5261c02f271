package dev.segue.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.segue.platform.FailureReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes files atomically: a program that opens the path reads the complete old content or the complete new content.
 * Symbolic links are kept, and their target is written. Pipes and devices are written directly. The content is gzipped
 * if the name ends with {@code .gz}.
 */
public final class OutputFile {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Writes a file's content; the stream is buffered and closed by the caller. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private OutputFile() {}

    /**
     * Writes a file; creates its folder if missing.
     *
     * @throws FileException if that fails; the file is then unchanged
     */
    public static void write(Path file, Content content) {
        boolean zipped = file.toString().endsWith(".gz");
        try {
            Destination destination = Destination.of(file);
            if (destination.isStream()) {
                write(destination.open(), zipped, content);
            } else {
                replace(destination, zipped, content);
            }
        } catch (IOException e) {
            throw new FileException(
                    "cannot write " + file + " (" + FailureReason.of(e)
                            + "); check the folder, its permissions and the space left",
                    e);
        }
    }

    private static void replace(Destination destination, boolean zipped, Content content) throws IOException {
        Path target = destination.path();
        Path folder = Objects.requireNonNull(target.getParent(), "the root is a folder");
        Destination.createFolder(folder);
        // In the same folder, because a move is atomic only within one file system. Not by createTempFile, whose files
        // are readable by their owner only.
        Path temporary = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            OutputStream raw = Files.newOutputStream(temporary, CREATE_NEW, WRITE);
            if (destination.isFile()) {
                copyPermissions(target, temporary);
            }
            write(raw, zipped, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(OutputStream raw, boolean zipped, Content content) throws IOException {
        try (raw;
                OutputStream out = new BufferedOutputStream(zipped ? new GZIPOutputStream(raw) : raw, BUFFER_BYTES)) {
            content.writeTo(out);
        } catch (JacksonIOException e) {
            throw e.getCause(); // a JSON generator wraps exceptions of the stream
        }
    }

    /** Copies the permissions, so that a private file stays private. */
    private static void copyPermissions(Path from, Path to) throws IOException {
        var view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }
}
