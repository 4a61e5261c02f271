package dev.segue.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Reads JSON lines directly from UTF-8 bytes, without creating tokens, strings or objects. Each method starts at the
 * next non-space byte and stops after the value that it has read. Parameters named {@code message} are the message of
 * the {@link JsonProblem} that is thrown if the next value has another type.
 *
 * <p>Own code stays because starts and trainings wait for it: a catalog of 18 MB takes 46 ms, and 85 ms with Jackson's streaming
 * parser; in the first run of a JVM 138 and 361 ms (CatalogBenchmark).
 */
public final class JsonCursor extends JsonScanner {

    /** Jackson's limit, which protects the stack from deeply nested input. */
    private static final int MAX_DEPTH = 500;

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private int end;
    private int line;

    private boolean first; // whether the next name or element is the first
    private byte[] nameBytes = {};
    private int nameFrom;
    private int nameTo;

    /** Starts before the first line of these bytes, which must end with a newline. */
    public JsonCursor(byte[] bytes, int length) {
        start(bytes, length);
    }

    /** Restarts before the first line of these bytes, which must end with a newline. */
    public void start(byte[] newBytes, int length) {
        bytes = newBytes;
        position = 0;
        end = length;
        line = 0;
    }

    /** Moves to the next line that is not blank; returns false at the end. */
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

    /** The number of the current line, from 1. */
    public int line() {
        return line;
    }

    /** Moves past the end of the line; fails if another value follows. */
    public void endLine() {
        if (peek() != '\n') {
            throw bytes[position] == ','
                    ? badJson("a comma after the object; write one object per line, without commas between them")
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

    /** Moves past the object's next name and its colon; at the end, moves past the object and returns false. */
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

    /** Whether the last name equals this one. */
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
     * Appends a string in UTF-8.
     *
     * @param message the message of the exception if the next value is not a string of valid Unicode
     */
    public void string(ByteBuilder text, String message) {
        if (peek() != '"') {
            throw problem(message);
        }
        string(text, true, message);
    }

    /** Reads a string that is likely to occur again. */
    public String text(TextCache texts, String message) {
        skipped.clear();
        string(skipped, message);
        return texts.get(skipped.array(), 0, skipped.size());
    }

    /** The last name, which is likely to occur again. */
    public String name(TextCache texts) {
        return texts.get(nameBytes, nameFrom, nameTo);
    }

    /** Skips a null, if one comes next; returns whether it did. */
    public boolean skipNull() {
        if (peek() != 'n') {
            return false;
        }
        skipLiteral(NULL);
        return true;
    }

    /**
     * Reads true or false.
     *
     * @param message the message of the exception if the next value is neither
     */
    public boolean bool(String message) {
        byte next = peek();
        if (next != 't' && next != 'f') {
            throw problem(message);
        }
        skipLiteral(next == 't' ? TRUE : FALSE);
        return next == 't';
    }

    /** Begins an array. */
    public void beginArray(String message) {
        if (peek() != '[') {
            throw problem(message);
        }
        position++;
        first = true;
    }

    /** Moves to the array's next element; at the end, moves past the array and returns false. */
    public boolean nextElement() {
        return nextMember(']', "',' or ']'");
    }

    /** Moves to the next name or element; at the end, moves past the object or array and returns false. */
    private boolean nextMember(char last, String separator) {
        byte next = peek();
        if (next == last) {
            position++;
            first = false;
            return false;
        }
        if (!first) {
            if (next != ',') {
                throw expected(separator);
            }
            position++;
        }
        first = false;
        return true;
    }

    /**
     * Appends an array of ids.
     *
     * @param strings reads a string as an id
     * @param message of the problem if an element is neither an integer from 0 to 2^31-1 nor a string
     */
    public void ids(IntBuilder ids, ToIntFunction<JsonCursor> strings, String message) {
        if (peek() != '[') {
            throw problem(message);
        }
        position++;
        if (peek() == ']') {
            position++;
            return;
        }
        while (true) {
            ids.add(atString() ? strings.applyAsInt(this) : (int) integer(Integer.MAX_VALUE, message));
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

    /** Appends the elements of an array of numbers as the bits of finite floats. */
    public void floats(IntBuilder bits, String message) {
        beginArray(message);
        while (nextElement()) {
            float value = (float) number(message);
            if (!Float.isFinite(value)) {
                throw problem(message);
            }
            bits.add(Float.floatToIntBits(value));
        }
    }

    /** Reads a number; skips a value of another type and returns the default. */
    public double numberOr(double defaultValue) {
        byte b = peek();
        if (b == '-' || (b >= '0' && b <= '9')) {
            return number("");
        }
        skipValue();
        return defaultValue;
    }

    /** Skips a value of any type. */
    public void skipValue() {
        skipValue(0);
    }

    /** Appends the bytes of a value of any type, as they are in the line. */
    public void copyValue(ByteBuilder copy) {
        peek();
        int from = position;
        skipValue();
        copy.append(bytes, from, position);
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
