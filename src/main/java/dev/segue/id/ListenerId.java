package dev.segue.id;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * A listener, named by a non-negative 64-bit integer or by a string of 1 to 128 characters.
 *
 * <p>Internally a listener is identified by a 64-bit {@link #key()}: the number itself, or, for a string, 63 bits of its MurmurHash3 with
 * the sign bit set, so that the keys of numbers and strings are disjoint. The probability that two of ten million strings have the same
 * key is 5e-6. The text {@code "42"} and the number 42 are the same listener; {@link #quoted()} records the notation, so that responses
 * and log lines use the notation of the request.
 *
 * @param text decimal digits without leading zeros, or the string
 * @param key 64-bit key, ≥ 0 for numbers, &lt; 0 for strings
 * @param quoted whether JSON writes this id as a string
 */
public record ListenerId(String text, long key, boolean quoted) {

    /** The maximum number of characters of a string id. */
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

    /** A listener named by a JSON string of 1 to 128 characters.
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

    /** A listener named in untyped text, such as a URL: text that looks like a number is parsed as a number. A string id that looks like a
     * number can only be sent as a JSON string.
     *
     * @throws IllegalArgumentException if the text looks like a number but is not an integer from 0 to 2^63-1, or if it is not a valid
     *     string id
     */
    public static ListenerId parse(String text) {
        long number = canonicalNumber(text);
        if (number >= 0) {
            return new ListenerId(text, number, false);
        }
        if (looksNumeric(text)) {
            throw new IllegalArgumentException("listener " + abbreviate(text)
                    + " is no integer from 0 to 2^63-1 without leading zeros; send string ids that look like numbers as"
                    + " JSON strings");
        }
        return ofString(text);
    }

    /** Whether untyped text is read as a number and not as a string id. */
    static boolean looksNumeric(String text) {
        return NUMERIC.matcher(text).matches();
    }

    /** The value of a number in canonical form; -1 for other text. */
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
        return number; // an overflow of 19 digits is negative, too
    }

    private static long stringKey(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0] | Long.MIN_VALUE;
    }

    private static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** The id as JSON has it: a {@link Long} or a {@link String}. */
    public Object json() {
        return quoted ? text : (Object) key;
    }

    /** Whether it is the same listener, in either notation. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenerId id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(key);
    }

    @Override
    public String toString() {
        return text;
    }
}
