package dev.segue.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growable array of bytes that knows how to write JSON; reused, so that writing a line allocates nothing. */
final class LineBuffer {

    private static final int INITIAL_CAPACITY = 1 << 10;
    private static final int KEPT_CAPACITY = 1 << 22;
    private static final int LONGEST_NUMBER = 32;
    private static final int LONGEST_ESCAPE = 6;
    private static final int REPLACEMENT = 0xfffd;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final long EXACT_INTEGERS = 1L << 53;
    private static final int MOST_DECIMALS = 17;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Forgets the contents, and the array too if an exceptional backlog had made it large. */
    void clear() {
        size = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[INITIAL_CAPACITY];
        }
    }

    /** The contents, not copied: valid until the buffer changes. */
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
        ensure(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** Appends what stands between two positions of a buffer, which stays as it is. */
    void append(ByteBuffer other, int from, int to) {
        ensure(to - from);
        other.get(from, bytes, size, to - from);
        size += to - from;
    }

    void append(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
    }

    void append(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    /** Writes characters that need neither quotes nor escapes. */
    void appendAscii(String ascii) {
        int length = ascii.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
    }

    void appendNumber(long number) {
        ensure(LONGEST_NUMBER);
        if (number < 0) {
            bytes[size++] = '-';
        }
        appendDigits(number, 1);
    }

    /** Writes nanoseconds as seconds with nine decimals, never with an exponent. */
    void appendSeconds(long nanos) {
        ensure(LONGEST_NUMBER);
        appendDigits(nanos / 1_000_000_000, 1);
        bytes[size++] = '.';
        appendDigits(nanos % 1_000_000_000, 9);
    }

    /**
     * Writes a finite number with as few decimals as give the same number back, and at least one.
     *
     * <p>An integer below 2^53 and a power of ten up to 10^17 are exact doubles or rounded only once, so the division
     * that tests a candidate gives what a correct reader of that decimal gets. (10^17 = 2^17 · 5^17, and 5^17 &lt; 2^53.)
     * This is some ten times faster than {@link Double#toString(double)}, which is left with the rare rest.
     */
    void appendDecimal(double number) {
        double power = 1;
        for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
            power *= 10;
            long scaled = Math.round(number * power);
            if (Math.abs(scaled) >= EXACT_INTEGERS) {
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
        ensure(LONGEST_NUMBER);
        if (number < 0) {
            bytes[size++] = '-';
        }
        appendDigits(scaled / power, 1);
        bytes[size++] = '.';
        appendDigits(scaled % power, decimals);
    }

    /** Writes the digits of |number|, with leading zeros up to a width. */
    private void appendDigits(long number, int width) {
        long rest = number < 0 ? number : -number; // negative numbers reach one further
        int digits = 1;
        for (long left = rest / 10; left != 0; left /= 10) {
            digits++;
        }
        digits = Math.max(digits, width);
        size += digits;
        for (int i = 1; i <= digits; i++) {
            bytes[size - i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
    }

    /** Writes a JSON string: quotes, escapes, UTF-8. A lone surrogate, which no strict reader accepts, becomes U+FFFD. */
    void appendString(String text) {
        int length = text.length();
        ensure(2 + LONGEST_ESCAPE * length);
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

    /** Writes a code point from U+0080 on. */
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

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
        }
    }
}
