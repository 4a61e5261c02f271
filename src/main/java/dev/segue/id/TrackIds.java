package dev.segue.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntPredicate;

/**
 * The ids of tracks: non-negative 32-bit integers, or strings of 1 to 128 characters. {@code "7"} and {@code 7} are two tracks.
 *
 * <p>Inside Segue, a track is an {@code int}. An integer id stands for itself. A string id stands for a negative int, -2^31 + 1
 * for the first one that this process reads from a catalog or a log, -2^31 + 2 for the next: the table of strings is kept until
 * the process ends, and has one entry for each id, however many generations of catalogs are loaded. {@link #NONE} and {@link
 * #UNKNOWN} are no ids. Ints of string ids differ between processes and are never written to files: {@link #text} and {@link
 * TrackIdReader} convert at the edges.
 *
 * <p>A client cannot add to the table: the string ids of requests are only looked up, and an unknown one is {@link #UNKNOWN}.
 */
public final class TrackIds {

    /** The maximum number of characters of a string id. */
    public static final int MAX_LENGTH = 128;

    /** Stands for no track. */
    public static final int NONE = -1;

    /** Stands for a string id of a request that no catalog and no log has. */
    public static final int UNKNOWN = -2;

    /** The form of an id, for messages. */
    public static final String FORM =
            "an integer from 0 to 2147483647 or a string of 1 to " + MAX_LENGTH + " characters";

    /** -2^31 stands for no track, so that sets of ints can mark their free slots with it. */
    private static final int FIRST_TEXT = Integer.MIN_VALUE + 1;

    private static final StringTable TEXTS = new StringTable();

    private TrackIds() {}

    /** Whether an int stands for a track. */
    public static boolean isTrack(int track) {
        return track >= 0 || isText(track);
    }

    /** Whether an int stands for a string id. */
    public static boolean isText(int track) {
        return track < UNKNOWN && track != Integer.MIN_VALUE;
    }

    /**
     * The track of a string id, which is added to the table if it is new.
     *
     * @throws IllegalArgumentException if the string is empty, too long or not valid Unicode
     */
    public static int of(String text) {
        byte[] utf8 = utf8(text);
        return FIRST_TEXT + TEXTS.add(utf8, 0, utf8.length);
    }

    /**
     * The track of a string id, or {@link #UNKNOWN} if the table lacks it.
     *
     * @throws IllegalArgumentException if the string is empty, too long or not valid Unicode
     */
    public static int find(String text) {
        byte[] utf8 = utf8(text);
        return found(TEXTS.find(utf8, 0, utf8.length));
    }

    /**
     * The track of an id without a JSON type, as in a URL: an integer, unless the catalog has only the string.
     *
     * @param isTrack accepts the tracks of the catalog
     * @return {@link #UNKNOWN} for a string that the table lacks
     * @throws IllegalArgumentException if the text is empty, too long or not valid Unicode, or if it looks like a number and is neither
     *     an integer from 0 to 2^31-1 nor a string of the catalog
     */
    public static int parse(String text, IntPredicate isTrack) {
        int string = TEXTS.size() == 0 && isInteger(text) ? UNKNOWN : find(text);
        boolean isString = string != UNKNOWN && isTrack.test(string);
        if (isInteger(text)) {
            int number = Integer.parseInt(text);
            return isString && !isTrack.test(number) ? string : number;
        }
        if (!isString && ListenerId.looksNumeric(text)) {
            throw new IllegalArgumentException(
                    "the id is neither an integer from 0 to 2147483647 without leading zeros nor the string id of"
                            + " a known track");
        }
        return string;
    }

    /** The id of a track: decimal digits, or the string. */
    public static String text(int track) {
        if (!isText(track)) {
            return Integer.toString(track);
        }
        return new String(TEXTS.bytes(track - FIRST_TEXT), UTF_8);
    }

    /** The id as JSON writes it: an {@link Integer} or a {@link String}. */
    public static Object json(int track) {
        return isText(track) ? text(track) : (Object) track;
    }

    /** The track of a valid string id in UTF-8. */
    static int of(byte[] utf8, int from, int to) {
        return FIRST_TEXT + TEXTS.add(utf8, from, to);
    }

    /** The track of a valid string id in UTF-8, or {@link #UNKNOWN}. */
    static int find(byte[] utf8, int from, int to) {
        return found(TEXTS.find(utf8, from, to));
    }

    private static int found(int number) {
        return number < 0 ? UNKNOWN : FIRST_TEXT + number;
    }

    private static byte[] utf8(String text) {
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a track's string id has 1 to " + MAX_LENGTH + " characters, not " + length);
        }
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a track's string id must be valid Unicode: it has a lone surrogate");
        }
        return text.getBytes(UTF_8);
    }

    /** Whether a text is an integer from 0 to 2^31-1 without leading zeros. */
    private static boolean isInteger(String text) {
        if (text.length() > 10 || (text.length() > 1 && text.charAt(0) == '0')) {
            return false;
        }
        boolean hasDigits = !text.isEmpty();
        for (int i = 0; i < text.length() && hasDigits; i++) {
            hasDigits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return hasDigits && Long.parseLong(text) <= Integer.MAX_VALUE;
    }
}
