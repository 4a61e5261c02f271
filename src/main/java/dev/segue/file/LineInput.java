package dev.segue.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A file of JSON objects, as lines of UTF-8: JSON lines as they are, the elements of a JSON array, or the rows of Parquet.
 */
public final class LineInput implements Closeable {

    /** The part of the file that a line of {@link #stream} comes from. */
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
     * @throws UnreadableInput if it is of a kind that Segue does not read as lines
     */
    public static LineInput open(Path file) throws IOException {
        var counting = new InputFile.Counting(InputFile.raw(file));
        return of(file, InputFile.decoded(counting), counting::bytes);
    }

    /**
     * The lines of a file that is open.
     *
     * @param content from {@link InputFile#open}, unread; closed with the lines
     * @throws UnreadableInput if it is of a kind that Segue does not read as lines
     */
    public static LineInput of(Path file, InputStream content) throws IOException {
        return of(file, content, () -> 0);
    }

    /**
     * Lines from within a file of plain JSON lines.
     *
     * @param lines closed with the result
     * @param bytesRead receives the number of bytes read so far
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
            String refusal = Signature.refusedText(head);
            if (refusal != null) {
                throw new UnreadableInput(refusal);
            }
            return new LineInput(content, Unit.LINE, bytesRead);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** The lines. */
    public InputStream stream() {
        return stream;
    }

    /** How many bytes of the file were read so far, as they lie on the disk. */
    public long bytesRead() {
        return bytesRead.getAsLong();
    }

    /**
     * Names a place for a message.
     *
     * @param file as the message should name it
     * @param number the line's, from 1
     */
    public String place(String file, long number) {
        return placePrefix(file) + number;
    }

    /** The place of a line without its number. */
    public String placePrefix(String file) {
        return file + unit.separator;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
