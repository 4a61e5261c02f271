package dev.segue.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A file of JSON objects, read as lines of UTF-8: the lines of a JSON lines file, the elements of a JSON array, or the
 * rows of a Parquet file.
 */
public final class LineInput implements Closeable {

    /** The part of the file that a line of {@link #stream} corresponds to. */
    private enum Unit {
        LINE(":"),
        ELEMENT(", element "),
        ROW(", row ");

        private final String separator;

        Unit(String separator) {
            this.separator = separator;
        }
    }

    private final InputStream stream;
    private final Unit unit;
    private final LongSupplier bytesRead;

    private LineInput(InputStream stream, Unit unit, LongSupplier bytesRead) {
        this.stream = stream;
        this.unit = unit;
        this.bytesRead = bytesRead;
    }

    /**
     * Opens a file.
     *
     * @param file {@link InputFile#STANDARD_INPUT} for the standard input
     * @throws UnreadableInput if the format is not supported
     */
    public static LineInput open(Path file) throws IOException {
        var counting = new InputFile.Counting(InputFile.raw(file));
        return of(file, InputFile.decoded(counting), counting::bytes);
    }

    /**
     * Reads the lines of an open file.
     *
     * @param content from {@link InputFile#open}, unread; closed with the lines
     * @throws UnreadableInput if the format is not supported
     */
    public static LineInput of(Path file, InputStream content) throws IOException {
        return of(file, content, () -> 0);
    }

    /**
     * Reads a part of a file of plain JSON lines.
     *
     * @param lines closed with the result
     * @param bytesRead returns the number of bytes read so far
     */
    public static LineInput plain(InputStream lines, LongSupplier bytesRead) {
        return new LineInput(lines, Unit.LINE, bytesRead);
    }

    /**
     * Lines that were made of the elements of a JSON array.
     *
     * @param lines closed with the result
     * @param bytesRead receives the number of bytes read so far
     */
    public static LineInput elements(InputStream lines, LongSupplier bytesRead) {
        return new LineInput(lines, Unit.ELEMENT, bytesRead);
    }

    static LineInput of(Path file, InputStream content, LongSupplier bytesRead) throws IOException {
        try {
            byte[] head = InputFile.head(content);
            if (Signature.startsWith(head, Signature.PARQUET)) {
                content.close();
                var rows = ParquetStream.open(file);
                return new LineInput(rows, Unit.ROW, rows::bytesRead);
            }
            if (JsonArrayStream.isArray(head)) {
                return new LineInput(new JsonArrayStream(content), Unit.ELEMENT, bytesRead);
            }
            String problem = Signature.textProblem(head);
            if (problem != null) {
                throw new UnreadableInput(problem);
            }
            return new LineInput(content, Unit.LINE, bytesRead);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /**
     * Whether {@link OutputFile} writes a file of the same format back if it gets these lines: JSON lines that are plain, or gzipped with a
     * name that ends with {@code .gz}.
     *
     * @param file the file that was opened
     */
    public boolean isWrittenBack(Path file) throws IOException {
        byte[] head = InputFile.rawHead(file);
        boolean isZipped = Signature.startsWith(head, Signature.GZIP);
        return unit == Unit.LINE
                && !Signature.startsWith(head, Signature.ZSTD)
                && isZipped == file.toString().endsWith(OutputFile.GZIPPED);
    }

    /** The lines. */
    public InputStream stream() {
        return stream;
    }

    /** Number of bytes of the file read so far, as stored on the disk. */
    public long bytesRead() {
        return bytesRead.getAsLong();
    }

    /**
     * Formats the location of a line for a message.
     *
     * @param file name of the file in the message
     * @param number of the line, from 1
     */
    public String location(String file, long number) {
        return locationPrefix(file) + number;
    }

    /** The location of a line without its number. */
    public String locationPrefix(String file) {
        return file + unit.separator;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
