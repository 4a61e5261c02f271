package dev.segue.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Opens files, plain or compressed with gzip or zstd. The format is detected by the first bytes instead of the name. A
 * byte order mark is skipped; unsupported formats are rejected.
 */
public final class InputFile {

    /** The path that denotes the standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final int BUFFER_BYTES = 1 << 16;

    /** Pipes that were read. A pipe can be read only once; a second read would find it empty. */
    private static final Set<Object> PIPES_READ = ConcurrentHashMap.newKeySet();

    private InputFile() {}

    /**
     * Opens a file and decompresses its content; the stream supports {@link #startsWith}.
     *
     * @throws UnreadableInput if the format is not supported
     */
    public static InputStream open(Path file) throws IOException {
        return decoded(new Counting(raw(file)));
    }

    /** Opens the raw bytes of a file or a pipe. */
    static InputStream raw(Path file) throws IOException {
        boolean standard = file.equals(STANDARD_INPUT);
        boolean pipe = standard || (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file));
        if (pipe && !PIPES_READ.add(standard ? System.in : file.toAbsolutePath())) {
            throw new UnreadableInput("a pipe, which can be read only once; write it to a file and name that");
        }
        return standard ? new Unclosed(System.in) : Files.newInputStream(file);
    }

    static BufferedInputStream decoded(InputStream raw) throws IOException {
        var in = new BufferedInputStream(raw, BUFFER_BYTES);
        try {
            byte[] head = head(in);
            if (Signature.startsWith(head, Signature.GZIP)) {
                in = new BufferedInputStream(new GzipStream(in, BUFFER_BYTES), BUFFER_BYTES);
                head = head(in);
            } else if (Signature.startsWith(head, Signature.ZSTD)) {
                in = new BufferedInputStream(ZstdStream.open(in), BUFFER_BYTES);
                head = head(in);
            }
            Signature.check(head);
            if (Signature.startsWith(head, Signature.BYTE_ORDER_MARK)) {
                in.skipNBytes(Signature.BYTE_ORDER_MARK.length);
            }
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The first bytes of a file as they are on the disk. */
    static byte[] rawHead(Path file) throws IOException {
        try (InputStream raw = raw(file)) {
            return raw.readNBytes(Signature.LENGTH);
        }
    }

    /** Returns the first bytes without consuming them. */
    static byte[] head(InputStream in) throws IOException {
        in.mark(Signature.LENGTH);
        byte[] head = in.readNBytes(Signature.LENGTH);
        in.reset();
        return head;
    }

    /** Finds a file in a folder by its name, or else by its name with {@code .gz} or {@code .zst} appended. */
    public static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name + ".gz", name + ".zst")
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /** Whether these bytes come next. Consumes nothing. */
    public static boolean startsWith(InputStream in, byte[] bytes) throws IOException {
        in.mark(bytes.length);
        boolean match = Arrays.equals(in.readNBytes(bytes.length), bytes);
        in.reset();
        return match;
    }

    /** A stream that is not closed, for the standard input. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }

    /** Counts the bytes read in blocks; a buffered stream reads only blocks. */
    static final class Counting extends FilterInputStream {
        private long bytes;

        Counting(InputStream raw) {
            super(raw);
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            bytes += Math.max(0, read);
            return read;
        }

        /**
         * Always 1, since a pipe without available bytes has not ended. GZIPInputStream treats 0 as the end and would
         * skip further members.
         */
        @Override
        public int available() {
            return 1;
        }
    }
}
