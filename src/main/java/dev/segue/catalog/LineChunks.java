package dev.segue.catalog;

import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Deals out a stream in chunks of whole lines to whichever thread asks next. */
final class LineChunks {

    /** Far above any real line: a file without newlines must not fill the memory of a server that takes it in. */
    static final int LONGEST_LINE = 1 << 24;

    /** Whole lines; the last byte is a newline, whether or not the stream ends with one. */
    static final class Chunk {
        private byte[] bytes;
        private int length;
        private int number;

        Chunk(int capacity) {
            bytes = new byte[capacity];
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        /** Counts chunks in the order of the stream, from 0. */
        int number() {
            return number;
        }
    }

    private final InputStream in;
    private byte[] rest = {};
    private int dealt;
    private boolean exhausted;

    LineChunks(InputStream in) {
        this.in = in;
    }

    /**
     * Puts the next lines into the chunk in place of what it held; false when there are no more.
     *
     * @throws UnreadableInput if a line is longer than {@link #LONGEST_LINE}
     */
    synchronized boolean next(Chunk chunk) throws IOException {
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
            // The last byte stays free for the newline that the stream may lack.
            int room = bytes.length - 1 - length;
            int read = in.readNBytes(bytes, length, room);
            length += read;
            if (read < room) {
                exhausted = true;
                if (length > 0 && bytes[length - 1] != '\n') {
                    bytes[length++] = '\n';
                }
                lines = length;
                break;
            }
            lines = endOfLastLine(bytes, length);
            if (lines == 0) {
                if (length > LONGEST_LINE) {
                    throw new UnreadableInput(
                            "a line is longer than " + LONGEST_LINE + " bytes; write one object a line");
                }
                bytes = Arrays.copyOf(bytes, Math.multiplyExact(bytes.length, 2));
            }
        }
        rest = Arrays.copyOfRange(bytes, lines, length);
        chunk.bytes = bytes;
        chunk.length = lines;
        chunk.number = dealt++;
        return lines > 0;
    }

    /** Deals out no more, for what follows a bad line is of no use. */
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
