package dev.segue.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growable array of bytes with methods that write JSON; reused, so that encoding a line allocates nothing. */
final class LineBuffer {

    private static final int INITIAL_CAPACITY = 1 << 10;
    private static final int MAX_KEPT_CAPACITY = 1 << 22;
    private static final int MAX_NUMBER_BYTES = 32;
    private static final int MAX_ESCAPE_BYTES = 6;
    private static final int REPLACEMENT = 0xfffd;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final long EXACT_INTEGER_LIMIT = 1L << 53;
    private static final int MAX_DECIMALS = 17;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Removes the contents. Releases the array if it has grown beyond {@link #MAX_KEPT_CAPACITY}. */
    void clear() {
        size = 0;
        if (bytes.length > MAX_KEPT_CAPACITY) {
            bytes = new byte[INITIAL_CAPACITY];
        }
    }

    /** A view of the contents: valid until the buffer changes. */
    ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void append(LineBuffer other) {
        reserve(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** Appends the bytes between two positions of a buffer, whose own position does not change. */
    void append(ByteBuffer other, int from, int to) {
        reserve(to - from);
        other.get(from, bytes, size, to - from);
        size += to - from;
    }

    void append(byte[] ascii) {
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
    }

    void append(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    /** Appends ASCII characters unquoted and unescaped. */
    void appendAscii(String ascii) {
        int length = ascii.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
    }

    void appendNumber(long number) {
        reserve(MAX_NUMBER_BYTES);
        if (number < 0) {
            bytes[size++] = '-';
        }
        appendDigits(number, 1);
    }

    /** Appends nanoseconds as seconds with nine decimals, without an exponent. */
    void appendSeconds(long nanos) {
        reserve(MAX_NUMBER_BYTES);
        appendDigits(nanos / 1_000_000_000, 1);
        bytes[size++] = '.';
        appendDigits(nanos % 1_000_000_000, 9);
    }

    /**
     * Appends a finite number with the fewest decimals that read back as the same number, and at least one.
     *
     * <p>An integer below 2^53 is an exact double, and a power of ten up to 10^17 is exact too (10^17 = 2^17 · 5^17,
     * and 5^17 &lt; 2^53). So the quotient is rounded only once and equals the double that a correct parser returns for
     * the decimal. This is about ten times faster than {@link Double#toString(double)}, which handles the rare
     * remaining numbers.
     */
    void appendDecimal(double number) {
        double power = 1;
        for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++) {
            power *= 10;
            long scaled = Math.round(number * power);
            if (Math.abs(scaled) >= EXACT_INTEGER_LIMIT) {
                break;
            }
            if (scaled / power == number) {
                appendFixed(number, scaled, (long) power, decimals);
                return;
            }
        }
        appendAscii(Double.toString(number));
    }

    private void appendFixed(double number, long scaled, long power, int decimals) {
        reserve(MAX_NUMBER_BYTES);
        if (number < 0) {
            bytes[size++] = '-';
        }
        appendDigits(scaled / power, 1);
        bytes[size++] = '.';
        appendDigits(scaled % power, decimals);
    }

    /** Appends the digits of |number|, with leading zeros up to a width. */
    private void appendDigits(long number, int width) {
        long remaining = number < 0 ? number : -number; // avoids the overflow of -Long.MIN_VALUE
        int digits = 1;
        for (long quotient = remaining / 10; quotient != 0; quotient /= 10) {
            digits++;
        }
        digits = Math.max(digits, width);
        size += digits;
        for (int i = 1; i <= digits; i++) {
            bytes[size - i] = (byte) ('0' - remaining % 10);
            remaining /= 10;
        }
    }

    /**
     * Appends a JSON string with quotes and escapes in UTF-8. A lone surrogate, which strict parsers reject, becomes
     * U+FFFD.
     */
    void appendString(String text) {
        int length = text.length();
        reserve(2 + MAX_ESCAPE_BYTES * length);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c >= 0x20 && c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                appendUtf8(Character.toCodePoint(c, text.charAt(++i)));
            } else if (c < 0x20) {
                appendEscape(c);
            } else {
                appendUtf8(Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        bytes[size++] = '"';
    }

    private void appendEscape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(c >> shift) & 0xf];
        }
    }

    /** Appends a code point of at least U+0080. */
    private void appendUtf8(int codePoint) {
        if (codePoint < 0x800) {
            bytes[size++] = (byte) (0xc0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                bytes[size++] = (byte) (0xe0 | (codePoint >> 12));
            } else {
                bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
                bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            }
            bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        }
        bytes[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void reserve(int additional) {
        int needed = Math.addExact(size, additional);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
        }
    }
}
