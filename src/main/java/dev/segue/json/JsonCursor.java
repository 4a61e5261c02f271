package dev.segue.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Reads JSON lines straight from UTF-8 bytes: no tokens, no strings, no object for a line. Each method starts at the next
 * byte that is no space and ends behind what it has read.
 */
public final class JsonCursor extends JsonScanner {

    /** Jackson's own limit; deeper nesting is an attack on the stack. */
    private static final int MAX_DEPTH = 500;

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private int end;
    private int line;

    private boolean first; // of an object's names, or an array's elements
    private byte[] nameBytes = {};
    private int nameFrom;
    private int nameTo;

    /** Starts before the first line of these bytes, the last of which is a newline. */
    public JsonCursor(byte[] bytes, int length) {
        start(bytes, length);
    }

    /** Starts again, before the first line of these bytes, the last of which is a newline. */
    public void start(byte[] newBytes, int length) {
        bytes = newBytes;
        position = 0;
        end = length;
        line = 0;
    }

    /** Moves to the next line that is not blank, false at the end. */
    public boolean nextLine() {
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
    public int line() {
        return line;
    }

    /** Leaves the line, on which nothing may follow. */
    public void endLine() {
        if (peek() != '\n') {
            throw bytes[position] == ','
                    ? badJson("a comma behind the object; write one object a line, without commas between them")
                    : expected("the end of the line");
        }
        position++;
    }

    public void beginObject() {
        if (peek() != '{') {
            throw expected("'{'");
        }
        position++;
        first = true;
    }

    /** Moves behind the object's next name and its colon, or behind the object and returns false. */
    public boolean nextName() {
        if (!nextMember('}', "',' or '}'")) {
            return false;
        }
        if (peek() != '"') {
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
    public boolean nameIs(byte[] name) {
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
    public boolean atString() {
        return peek() == '"';
    }

    /**
     * Appends a string's text in UTF-8.
     *
     * @param otherwise the problem where something else than a string comes, or one that is no valid Unicode
     */
    public void string(ByteBuilder text, String otherwise) {
        if (peek() != '"') {
            throw problem(otherwise);
        }
        string(text, true, otherwise);
    }

    /** Reads a string that may come again; {@code otherwise} as for {@link #string}. */
    public String text(TextCache texts, String otherwise) {
        skipped.clear();
        string(skipped, otherwise);
        return texts.get(skipped.array(), 0, skipped.size());
    }

    /** The last name, which may come again. */
    public String name(TextCache texts) {
        return texts.get(nameBytes, nameFrom, nameTo);
    }

    /** Reads over a null, if one comes next. */
    public boolean skipNull() {
        if (peek() != 'n') {
            return false;
        }
        skipLiteral(NULL);
        return true;
    }

    /** Begins an array; {@code otherwise} is the problem where something else comes. */
    public void beginArray(String otherwise) {
        if (peek() != '[') {
            throw problem(otherwise);
        }
        position++;
        first = true;
    }

    /** Moves before the array's next element, or behind the array and returns false. */
    public boolean nextElement() {
        return nextMember(']', "',' or ']'");
    }

    /** Moves before the next name or element, or behind the object or array and returns false. */
    private boolean nextMember(char last, String wanted) {
        byte next = peek();
        if (next == last) {
            position++;
            first = false;
            return false;
        }
        if (!first) {
            if (next != ',') {
                throw expected(wanted);
            }
            position++;
        }
        first = false;
        return true;
    }

    /** Appends an array's integers from 0 to 2^31-1; {@code otherwise} is the problem where something else comes. */
    public void ids(IntBuilder ids, String otherwise) {
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

    /**
     * Appends an array's numbers as the bits of floats; {@code otherwise} is the problem where something else comes, or a number that no
     * float holds.
     */
    public void floats(IntBuilder bits, String otherwise) {
        beginArray(otherwise);
        while (nextElement()) {
            float value = (float) number(otherwise);
            if (!Float.isFinite(value)) {
                throw problem(otherwise);
            }
            bits.add(Float.floatToIntBits(value));
        }
    }

    /** Reads over any value. */
    public void skipValue() {
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
            case '[' -> {
                beginArray("");
                while (nextElement()) {
                    skipValue(depth + 1);
                }
            }
            case 't' -> skipLiteral(TRUE);
            case 'f' -> skipLiteral(FALSE);
            case 'n' -> skipLiteral(NULL);
            default -> skipNumber();
        }
    }
}
