package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Reads JSON lines straight from UTF-8 bytes: no tokens, no strings, no object for a line. Each method starts at the next
 * byte that is no space and ends behind what it has read.
 */
final class JsonCursor extends JsonScanner {

    /** Jackson's own limit; deeper nesting is an attack on the stack. */
    private static final int MAX_DEPTH = 500;

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final int end;
    private int line;

    private boolean firstName;
    private byte[] nameBytes = {};
    private int nameFrom;
    private int nameTo;

    /** Starts before the first line of these bytes, the last of which is a newline. */
    JsonCursor(byte[] bytes, int length) {
        super(bytes);
        end = length;
    }

    /** Moves to the next line that is not blank, false at the end. */
    boolean nextLine() {
        while (position < end) {
            line++;
            lineStart = position;
            if (peek() != '\n') {
                return true;
            }
            position++;
        }
        return false;
    }

    /** The number of lines begun, which is the current line's number, from 1. */
    int line() {
        return line;
    }

    /** Leaves the line, on which nothing may follow. */
    void endLine() {
        if (peek() != '\n') {
            throw expected("the end of the line");
        }
        position++;
    }

    void beginObject() {
        if (peek() != '{') {
            throw expected("'{'");
        }
        position++;
        firstName = true;
    }

    /** Moves behind the object's next name and its colon, or behind the object and returns false. */
    boolean nextName() {
        byte next = peek();
        if (next == '}') {
            position++;
            firstName = false;
            return false;
        }
        if (!firstName) {
            if (next != ',') {
                throw expected("',' or '}'");
            }
            position++;
            next = peek();
        }
        firstName = false;
        if (next != '"') {
            throw expected("a field name in quotes");
        }
        name();
        if (peek() != ':') {
            throw expected("':'");
        }
        position++;
        return true;
    }

    /** Whether the last name is this one. */
    boolean nameIs(byte[] name) {
        return Arrays.equals(nameBytes, nameFrom, nameTo, name, 0, name.length);
    }

    private void name() {
        int at = position + 1;
        byte b = bytes[at];
        while (b >= ' ' && b != '"' && b != '\\') {
            b = bytes[++at];
        }
        if (b == '"') {
            nameBytes = bytes;
            nameFrom = position + 1;
            nameTo = at;
            position = at + 1;
        } else {
            skipped.clear();
            string(skipped, true, "a field name must be valid Unicode");
            nameBytes = skipped.array();
            nameFrom = 0;
            nameTo = skipped.size();
        }
    }

    /** Whether a string comes next. */
    boolean atString() {
        return peek() == '"';
    }

    /**
     * Appends a string's text in UTF-8.
     *
     * @param otherwise the problem where something else than a string comes, or one that is no valid Unicode
     */
    void string(ByteBuilder text, String otherwise) {
        if (peek() != '"') {
            throw problem(otherwise);
        }
        string(text, true, otherwise);
    }

    /** Appends an array's integers from 0 to 2^31-1; {@code otherwise} is the problem where something else comes. */
    void ids(IntBuilder ids, String otherwise) {
        if (peek() != '[') {
            throw problem(otherwise);
        }
        position++;
        if (peek() == ']') {
            position++;
            return;
        }
        while (true) {
            ids.add((int) integer(Integer.MAX_VALUE, otherwise));
            byte next = peek();
            if (next != ',' && next != ']') {
                throw expected("',' or ']'");
            }
            position++;
            if (next == ']') {
                return;
            }
        }
    }

    /** Reads over any value. */
    void skipValue() {
        skipValue(0);
    }

    private void skipValue(int depth) {
        if (depth > MAX_DEPTH) {
            throw badJson("nested deeper than " + MAX_DEPTH);
        }
        switch (peek()) {
            case '"' -> skipString();
            case '{' -> {
                beginObject();
                while (nextName()) {
                    skipValue(depth + 1);
                }
            }
            case '[' -> skipArray(depth);
            case 't' -> skipLiteral(TRUE);
            case 'f' -> skipLiteral(FALSE);
            case 'n' -> skipLiteral(NULL);
            default -> skipNumber();
        }
    }

    private void skipArray(int depth) {
        position++;
        if (peek() == ']') {
            position++;
            return;
        }
        byte next;
        do {
            skipValue(depth + 1);
            next = peek();
            if (next != ',' && next != ']') {
                throw expected("',' or ']'");
            }
            position++;
        } while (next == ',');
    }
}
