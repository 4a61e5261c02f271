package dev.segue.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Reads the tokens of JSON (RFC 8259, strictly) directly from UTF-8 bytes: strings, numbers, literals.
 *
 * <p>The bytes must end with a newline. No token may contain one, so every loop stops there, and the end of the bytes
 * need not be checked separately.
 */
public abstract class JsonScanner {

    /** All integers up to this limit are exact doubles. */
    private static final long EXACT_INTEGER_LIMIT = 1L << 53;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    byte[] bytes = {};

    /** The next byte to read. */
    int position;

    /** Start of the current line, for error messages. */
    int lineStart;

    /** The text of the last skipped string. */
    final ByteBuilder skipped = new ByteBuilder(64);

    JsonScanner() {}

    final void skipString() {
        skipped.clear();
        string(skipped, false, "");
    }

    final void string(ByteBuilder text, boolean validUnicode, String message) {
        int from = position + 1;
        int at = from;
        while (true) {
            byte b = bytes[at];
            if (b == '"' || b == '\\') {
                text.append(bytes, from, at);
                position = at + 1;
                if (b == '"') {
                    return;
                }
                int codePoint = escape();
                if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                    if (validUnicode) {
                        throw problem(message + "; a surrogate escape must be part of a pair", true);
                    }
                    codePoint = '?';
                }
                text.appendCodePoint(codePoint);
                from = position;
                at = from;
            } else if (b >= ' ') {
                at++;
            } else {
                position = at;
                if (b >= 0) {
                    throw b == '\n' ? expected("'\"'") : badJson("a control character must be written as an escape");
                }
                at += utf8Length(at);
            }
        }
    }

    /** Reads an escape after its backslash; returns a code point, or an unpaired surrogate. */
    private int escape() {
        byte b = bytes[position++];
        return switch (b) {
            case '"', '\\', '/' -> b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> {
                position--;
                throw badJson("unknown escape");
            }
        };
    }

    private int unicodeEscape() {
        int unit = codeUnit();
        if (Character.isHighSurrogate((char) unit) && bytes[position] == '\\' && bytes[position + 1] == 'u') {
            int afterFirst = position;
            position += 2;
            int second = codeUnit();
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) unit, (char) second);
            }
            position = afterFirst;
        }
        return unit;
    }

    private int codeUnit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            byte b = bytes[position];
            int digit = b < 0 ? -1 : Character.digit(b, 16);
            if (digit < 0) {
                throw expected("four hexadecimal digits");
            }
            unit = (unit << 4) | digit;
            position++;
        }
        return unit;
    }

    /** The length of the UTF-8 sequence at a byte ≥ 0x80, by table 3-7 of the Unicode Standard. */
    private int utf8Length(int at) {
        int lead = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (lead >= 0xc2 && lead <= 0xf4 && second >= lowest && second <= highest) {
            if (lead < 0xe0) {
                return 2;
            }
            if (isContinuation(bytes[at + 2])) {
                if (lead < 0xf0) {
                    return 3;
                }
                if (isContinuation(bytes[at + 3])) {
                    return 4;
                }
            }
        }
        throw badJson("invalid UTF-8; save the file as UTF-8");
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /**
     * Reads an integer from 0 to max. Up to 2^53, a fraction of zeros may follow, as pandas and other tools write
     * integer columns with missing values.
     */
    public final long integer(long max, String message) {
        byte b = peek();
        boolean negative = b == '-';
        if (negative) {
            b = bytes[++position];
        }
        int start = position;
        long limit = max / 10;
        long value = 0;
        while (b >= '0' && b <= '9') {
            if (value > limit || value < 0) {
                throw problem(message);
            }
            value = value * 10 + (b - '0');
            b = bytes[++position];
        }
        if (b == '.' && position > start && value <= EXACT_INTEGER_LIMIT) {
            b = zeroFraction();
        }
        boolean leadingZero = bytes[start] == '0' && bytes[start + 1] >= '0' && bytes[start + 1] <= '9';
        boolean outside = value > max || value < 0 || (negative && value != 0);
        if (position == start || leadingZero || outside || b == '.' || b == 'e' || b == 'E') {
            throw problem(message);
        }
        return value;
    }

    /**
     * Skips a decimal point and zeros, and returns the byte after them. If the fraction is not zero, skips nothing and
     * returns the point.
     */
    private byte zeroFraction() {
        int end = position + 1;
        while (bytes[end] == '0') {
            end++;
        }
        byte next = bytes[end];
        if (end == position + 1 || (next >= '0' && next <= '9') || next == 'e' || next == 'E') {
            return '.';
        }
        position = end;
        return next;
    }

    /** Reads a number as the nearest double. */
    public final double number(String message) {
        byte b = peek();
        if (b != '-' && (b < '0' || b > '9')) {
            throw problem(message);
        }
        int from = position;
        skipNumber();
        return number(from, position);
    }

    /**
     * Converts a number to the nearest double. With few digits and no exponent, the digits and the power of ten are
     * exact doubles, so their quotient is rounded only once (W. D. Clinger, How to read floating point numbers
     * accurately, 1990).
     */
    private double number(int from, int to) {
        boolean negative = bytes[from] == '-';
        long digits = 0;
        int decimals = -1;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            byte b = bytes[i];
            if (b == '.') {
                decimals = 0;
            } else if (b <= '9' && digits < EXACT_INTEGER_LIMIT) {
                digits = 10 * digits + (b - '0');
                decimals += decimals < 0 ? 0 : 1;
            } else {
                return Double.parseDouble(new String(bytes, from, to - from, US_ASCII));
            }
        }
        if (digits > EXACT_INTEGER_LIMIT || decimals >= POWERS_OF_TEN.length) {
            return Double.parseDouble(new String(bytes, from, to - from, US_ASCII));
        }
        double value = digits / POWERS_OF_TEN[Math.max(0, decimals)];
        return negative ? -value : value;
    }

    final void skipLiteral(byte[] literal) {
        for (byte b : literal) {
            if (bytes[position] != b) {
                throw expected("a value");
            }
            position++;
        }
    }

    final void skipNumber() {
        if (bytes[position] == '-') {
            position++;
        }
        if (bytes[position] == '0') {
            position++;
        } else {
            skipDigits("a value");
        }
        if (bytes[position] == '.') {
            position++;
            skipDigits("a digit");
        }
        if (bytes[position] == 'e' || bytes[position] == 'E') {
            position++;
            if (bytes[position] == '+' || bytes[position] == '-') {
                position++;
            }
            skipDigits("a digit");
        }
    }

    private void skipDigits(String expected) {
        if (bytes[position] < '0' || bytes[position] > '9') {
            throw expected(expected);
        }
        while (bytes[position] >= '0' && bytes[position] <= '9') {
            position++;
        }
    }

    /** Skips spaces and returns the byte after them without consuming it. */
    public final byte peek() {
        byte b = bytes[position];
        while (b == ' ' || b == '\t' || b == '\r') {
            b = bytes[++position];
        }
        return b;
    }

    final JsonProblem expected(String what) {
        return bytes[position] == '\n'
                ? new JsonProblem(
                        "bad JSON: the line ends where " + what + " should be; write each value on one line",
                        position,
                        true)
                : badJson("expected " + what);
    }

    final JsonProblem badJson(String problem) {
        return problem("bad JSON: " + problem, true);
    }

    /** Creates a problem with the next value. It is malformed only if the line ends here. */
    public final JsonProblem problem(String problem) {
        return problem(problem, bytes[position] == '\n');
    }

    private JsonProblem problem(String problem, boolean malformed) {
        return new JsonProblem(problem + " (byte " + (position - lineStart + 1) + ")", position, malformed);
    }
}
