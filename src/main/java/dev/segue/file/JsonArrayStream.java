package dev.segue.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Converts a JSON array to lines, one element per line: commas between elements become newlines, and newlines within
 * elements become spaces. Elements are not validated; the reader of the lines does that.
 */
final class JsonArrayStream extends FilterInputStream {

    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean ended;

    JsonArrayStream(InputStream array) {
        super(array);
    }

    static boolean isArray(byte[] head) {
        int index = 0;
        while (index < head.length && isSpace(head[index])) {
            index++;
        }
        return index < head.length && head[index] == '[';
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int kept = 0;
        while (kept == 0) {
            int read = in.read(buffer, offset, length);
            if (read < 0) {
                if (!ended) {
                    throw new UnreadableInput("the JSON array has no end, so the file is truncated; write it again");
                }
                return -1;
            }
            for (int i = offset; i < offset + read; i++) {
                int line = toLineByte(buffer[i]);
                if (line >= 0) {
                    buffer[offset + kept++] = (byte) line;
                }
            }
        }
        return kept;
    }

    /** Converts a byte of the array to a byte of the lines; -1 if it is dropped. */
    private int toLineByte(byte b) throws UnreadableInput {
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return b & 0xff;
        }
        if (ended || depth == 0) {
            return outsideArray(b);
        }
        switch (b) {
            case '"' -> inString = true;
            case '[', '{' -> depth++;
            case ']', '}' -> depth--;
            default -> {
                if (depth == 1 && b == ',') {
                    return '\n';
                }
                return !isSpace(b) ? b & 0xff : depth == 1 ? -1 : ' ';
            }
        }
        ended = depth == 0;
        return ended ? '\n' : b & 0xff;
    }

    private int outsideArray(byte b) throws UnreadableInput {
        if (!isSpace(b)) {
            if (ended || b != '[') {
                throw new UnreadableInput("text follows the JSON array; write one array, or one object per line");
            }
            depth = 1;
        }
        return -1;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
