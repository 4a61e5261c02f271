package dev.segue.catalog;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Writes files whole or not at all: whoever opens the name sees the old content or the new, never half of it. Gzipped if the
 * name ends with {@code .gz}.
 */
public final class OutputFile {

    /** Writes a file's content; the stream is buffered and closed by the caller. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private OutputFile() {}

    /**
     * Writes a file, making its folder if there is none.
     *
     * @throws CatalogException if that fails; the file is then as it was
     */
    public static void write(Path file, Content content) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
        try {
            Files.createDirectories(folder);
            // In the same folder, because a move is atomic within one file system only; not by createTempFile, whose
            // files only their owner may read.
            Path temporary = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                try (OutputStream raw = Files.newOutputStream(temporary, CREATE_NEW, WRITE);
                        OutputStream out =
                                new BufferedOutputStream(zipped(file) ? new GZIPOutputStream(raw) : raw, 1 << 16)) {
                    content.writeTo(out);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new CatalogException(
                    "cannot write " + file + " (" + e + "); check the folder, its permissions and the space left", e);
        }
    }

    private static boolean zipped(Path file) {
        return file.getFileName().toString().endsWith(".gz");
    }
}
