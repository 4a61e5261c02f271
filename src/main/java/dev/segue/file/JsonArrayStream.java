package dev.segue.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Turns a JSON array into lines, an element each: the commas between elements become newlines, newlines within an element
 * spaces. The elements themselves are left to the reader of the lines.
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
        int at = 0;
        while (at < head.length && isSpace(head[at])) {
            at++;
        }
        return at < head.length && head[at] == '[';
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
                    throw new UnreadableInput(
                            "the JSON array has no end, so that the file is cut short; write it again");
                }
                return -1;
            }
            for (int i = offset; i < offset + read; i++) {
                int line = lineByte(buffer[i]);
                if (line >= 0) {
                    buffer[offset + kept++] = (byte) line;
                }
            }
        }
        return kept;
    }

    /** The byte of the lines that a byte of the array becomes; -1 for none. */
    private int lineByte(byte b) throws UnreadableInput {
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return b & 0xff;
        }
        if (ended || depth == 0) {
            return aroundArray(b);
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

    private int aroundArray(byte b) throws UnreadableInput {
        if (!isSpace(b)) {
            if (ended || b != '[') {
                throw new UnreadableInput("text stands behind the JSON array; write one array, or one object a line");
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
