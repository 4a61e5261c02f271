package dev.segue.catalog;

import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Divides a stream into chunks of whole lines for several threads. */
public final class LineChunks {

    /** Far above any real line; bounds the memory for a file without newlines. */
    static final int MAX_LINE_BYTES = 1 << 24;

    /** A chunk of whole lines; its last byte is a newline, even if the stream does not end with one. */
    public static final class Chunk {
        private byte[] bytes;
        private int length;
        private int number;

        /** @param capacity initial length of the array, above 1 */
        public Chunk(int capacity) {
            bytes = new byte[capacity];
        }

        /** The array, whose first {@link #length} bytes are the lines. */
        public byte[] bytes() {
            return bytes;
        }

        /** The number of bytes of the lines. */
        public int length() {
            return length;
        }

        /** The number of the chunk in the stream, from 0. */
        int number() {
            return number;
        }
    }

    private final InputStream in;
    private byte[] rest = {};
    private int nextNumber;
    private boolean exhausted;

    /** @param in closed by the caller */
    public LineChunks(InputStream in) {
        this.in = in;
    }

    /**
     * Replaces the content of a chunk by the next lines; returns false if there are none.
     *
     * @throws UnreadableInput if a line is longer than {@link #MAX_LINE_BYTES}
     */
    public synchronized boolean next(Chunk chunk) throws IOException {
        if (exhausted) {
            return false;
        }
        byte[] bytes = chunk.bytes;
        if (rest.length >= bytes.length) {
            bytes = new byte[rest.length * 2];
        }
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        int length = rest.length;
        int lines = 0;
        while (lines == 0) {
            // The last byte is reserved for a newline, in case the stream does not end with one.
            int available = bytes.length - 1 - length;
            int read = in.readNBytes(bytes, length, available);
            length += read;
            if (read < available) {
                exhausted = true;
                if (length > 0 && bytes[length - 1] != '\n') {
                    bytes[length++] = '\n';
                }
                lines = length;
                break;
            }
            lines = endOfLastLine(bytes, length);
            if (lines == 0) {
                if (length > MAX_LINE_BYTES) {
                    throw new UnreadableInput(
                            "a line is longer than " + MAX_LINE_BYTES + " bytes; write one object per line");
                }
                bytes = Arrays.copyOf(bytes, Math.multiplyExact(bytes.length, 2));
            }
        }
        rest = Arrays.copyOfRange(bytes, lines, length);
        chunk.bytes = bytes;
        chunk.length = lines;
        chunk.number = nextNumber++;
        return lines > 0;
    }

    /** Ends the chunks, since the lines after a bad line are not needed. */
    synchronized void stop() {
        exhausted = true;
    }

    private static int endOfLastLine(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
