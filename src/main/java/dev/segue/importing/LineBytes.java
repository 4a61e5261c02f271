package dev.segue.importing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** The bytes of a line of JSON; reused for the next line. */
final class LineBytes {

    private static final int SHARE_UNITS = 10_000;

    private byte[] bytes = new byte[1 << 10];
    private int length;

    LineBytes ascii(String text) {
        return append(text.getBytes(US_ASCII));
    }

    LineBytes append(byte[] added) {
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
        return this;
    }

    /** Appends a number ≥ 0. */
    LineBytes number(long number) {
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        reserve(digits);
        length += digits;
        long rest = number;
        for (int i = length - 1; i >= length - digits; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** Appends a share from 0 to 1, rounded to four decimals. */
    LineBytes share(float share) {
        int units = Math.round(share * SHARE_UNITS);
        number(units / SHARE_UNITS).ascii(".");
        int rest = units % SHARE_UNITS;
        int divisor = SHARE_UNITS / 10;
        do {
            number(rest / divisor);
            rest %= divisor;
            divisor /= 10;
        } while (rest > 0);
        return this;
    }

    /** Appends a JSON string. */
    LineBytes string(String text) {
        return ascii("\"")
                .append(new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)).getBytes(UTF_8))
                .ascii("\"");
    }

    /** Appends an id with its JSON type. */
    LineBytes id(Ids ids, int number) {
        return ids.isInteger(number) ? ascii(ids.text(number)) : string(ids.text(number));
    }

    private void reserve(int added) {
        if (length + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + added));
        }
    }

    /** Writes the line, and begins the next one. */
    void end(OutputStream out) throws IOException {
        append(new byte[] {'\n'});
        out.write(bytes, 0, length);
        length = 0;
    }

    byte[] toBytes() {
        byte[] copy = Arrays.copyOf(bytes, length);
        length = 0;
        return copy;
    }
}
