package dev.segue.listener;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * A listener, named by a non-negative 64-bit integer or by a string of 1 to 128 characters.
 *
 * <p>Inside Segue a listener is one 64-bit {@link #key()}: the number itself, or, for a string, 63 bits of its
 * MurmurHash3 with the sign bit set, so that numbers and strings never meet (two of ten million strings share a key with
 * probability 5e-6). The text {@code "42"} and the number 42 are the same listener; {@link #quoted()} only remembers how
 * it was written, so that responses and log lines have it as it was received.
 *
 * @param text decimal digits without leading zeros, or the string
 * @param key 64-bit key, ≥ 0 for numbers, &lt; 0 for strings
 * @param quoted whether JSON writes this id as a string
 */
public record ListenerId(String text, long key, boolean quoted) {

    /** The most characters a string id may have. */
    public static final int MAX_LENGTH = 128;

    private static final Pattern NUMERIC = Pattern.compile("[+-]?[0-9]+(\\.[0-9]*)?|[+-]?(NaN|Infinity)");

    public ListenerId {
        Objects.requireNonNull(text, "text");
    }

    /**
     * A listener named by a number.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static ListenerId of(long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "listener " + number + " is negative: ids are integers from 0 to 2^63-1");
        }
        return new ListenerId(Long.toString(number), number, false);
    }

    /**
     * A listener named by a JSON string; any 1 to 128 characters will do.
     *
     * @throws IllegalArgumentException if the string is empty, too long or not valid Unicode
     */
    public static ListenerId ofString(String text) {
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a listener's string id has 1 to " + MAX_LENGTH + " characters, not " + length);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a listener's string id must be valid Unicode: it has a lone surrogate");
        }
        long number = canonicalNumber(text);
        return new ListenerId(text, number >= 0 ? number : stringKey(text), true);
    }

    /**
     * A listener named in a place that has no types, such as a URL: what looks like a number is one. A string id that looks
     * like a number can only be sent as a JSON string.
     *
     * @throws IllegalArgumentException if the text looks like a number but is no integer from 0 to 2^63-1, or is no
     *     valid string id
     */
    public static ListenerId parse(String text) {
        long number = canonicalNumber(text);
        if (number >= 0) {
            return new ListenerId(text, number, false);
        }
        if (NUMERIC.matcher(text).matches()) {
            throw new IllegalArgumentException("listener " + abbreviate(text)
                    + " is no integer from 0 to 2^63-1 without leading zeros; send string ids that look like numbers as"
                    + " JSON strings");
        }
        return ofString(text);
    }

    /** The number a text stands for in its one canonical form, or -1. */
    private static long canonicalNumber(String text) {
        int length = text.length();
        if (length == 0 || length > 19 || (length > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number; // 19 digits overflow to a negative number, which means "no number" as well
    }

    private static long stringKey(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0] | Long.MIN_VALUE;
    }

    private static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Whether it is the same listener, however it was written. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenerId id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(key);
    }

    /** The text as a person would read it in a message. */
    @Override
    public String toString() {
        return text;
    }
}
