package dev.segue.importing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import tools.jackson.core.io.JsonStringEncoder;

/** The bytes of a line of JSON; reused for the next line. */
final class LineBytes {

    private static final int SHARE_UNITS = 10_000;
    private static final byte[][] SHARES =
            IntStream.rangeClosed(0, SHARE_UNITS).mapToObj(LineBytes::shareText).toArray(byte[][]::new);

    private final byte[] digits = new byte[20];
    private byte[] bytes = new byte[1 << 8];
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
        int start = digits.length;
        long rest = number;
        do {
            long tenth = rest / 10;
            digits[--start] = (byte) ('0' + rest - 10 * tenth);
            rest = tenth;
        } while (rest > 0);
        int count = digits.length - start;
        reserve(count);
        System.arraycopy(digits, start, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends a share from 0 to 1, rounded to four decimals. */
    LineBytes share(float share) {
        return append(SHARES[Math.round(share * SHARE_UNITS)]);
    }

    private static byte[] shareText(int units) {
        String decimals =
                String.valueOf(SHARE_UNITS + units % SHARE_UNITS).substring(1).replaceFirst("0{1,3}$", "");
        return (units / SHARE_UNITS + "." + decimals).getBytes(US_ASCII);
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
