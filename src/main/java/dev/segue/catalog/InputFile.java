package dev.segue.catalog;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files, plain or gzipped: told apart by their first bytes, since names lie. */
public final class InputFile {

    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final int BUFFER_BYTES = 1 << 16;

    private InputFile() {}

    /** The file's content, gunzipped where need be; the stream supports {@link #startsWith}. */
    public static InputStream open(Path file) throws IOException {
        var raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            return startsWith(raw, GZIP_MAGIC)
                    ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER_BYTES), BUFFER_BYTES)
                    : raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** A file of a folder, plain or gzipped with {@code .gz} behind its name; the plain one if both are there. */
    public static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name + ".gz")
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /** Whether these bytes come next; consumes nothing. */
    static boolean startsWith(InputStream in, byte[] bytes) throws IOException {
        in.mark(bytes.length);
        boolean match = Arrays.equals(in.readNBytes(bytes.length), bytes);
        in.reset();
        return match;
    }

    /** The same failure in words that say what to do about it. */
    public static CatalogException unreadable(Path file, IOException e) {
        String name = String.valueOf(file.getFileName());
        if (e instanceof NoSuchFileException) {
            return new CatalogException("no such file: " + file, e);
        }
        if (e instanceof EOFException) {
            return new CatalogException(name + ": the gzip data ends early; copy or compress the file again", e);
        }
        if (e instanceof ZipException) {
            return new CatalogException(
                    name + ": damaged gzip data (" + e.getMessage() + "); copy or compress the file again", e);
        }
        return new CatalogException(name + ": cannot be read (" + e + "); check the path and its permissions", e);
    }
}
