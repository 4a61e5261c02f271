package dev.segue.importing;

/**
 * The ids of tracks or listeners, numbered from 0.
 *
 * <p>Ids in text tables have no type. They are integers if all of them are whole numbers in range without leading zeros; a
 * number in JSON or Parquet must be in range, too. Otherwise all ids are strings. A string in JSON or Parquet stays a string.
 */
final class Ids {

    /** The maximum number of characters of an id that is a string. */
    static final int MAX_LENGTH = 128;

    private static final int INTEGER = 0;
    private static final int STRING = 1;

    private final long maxInteger;
    private final boolean oneType;
    private final TextDictionary texts = new TextDictionary();
    private boolean strings;
    private boolean mixed;
    private int[] merged = {};

    /**
     * @param maxInteger the largest integer id
     * @param oneType whether one string makes all ids strings, because a number and a string with equal digits are one id
     */
    private Ids(long maxInteger, boolean oneType) {
        this.maxInteger = maxInteger;
        this.oneType = oneType;
    }

    /** Ids of tracks: integers below 2^31 or strings, and {@code "7"} and {@code 7} are two tracks. */
    static Ids ofTracks() {
        return new Ids(Integer.MAX_VALUE, false);
    }

    /** Ids of listeners: integers below 2^63 or strings, and {@code "7"} and {@code 7} are one listener. */
    static Ids ofListeners() {
        return new Ids(Long.MAX_VALUE, true);
    }

    /** Whether an id is short enough. */
    static boolean isShort(String text) {
        return text.length() <= MAX_LENGTH || text.codePointCount(0, text.length()) <= MAX_LENGTH;
    }

    /** Whether an id is text, or a whole number that is not negative. */
    static boolean isValid(String text, Row.Type type) {
        return switch (type) {
            case STRING -> true;
            case UNTYPED -> text.charAt(0) != '-' || !(Numbers.parse(text) < 0);
            case NUMBER -> withoutZeroFraction(text).chars().allMatch(c -> c >= '0' && c <= '9');
        };
    }

    /** The number of an id. */
    int number(String text, Row.Type type) {
        mixed = false;
        String id = type == Row.Type.STRING ? text : withoutZeroFraction(text);
        boolean isInteger = type != Row.Type.STRING && Numbers.isCanonical(id, maxInteger);
        strings |= !isInteger && (oneType || type != Row.Type.STRING);
        int known = texts.size();
        int number = texts.number(id, isInteger ? INTEGER : STRING);
        if (number == known && !oneType && Numbers.isCanonical(id, maxInteger)) {
            mixed = texts.find(id, isInteger ? STRING : INTEGER) >= 0;
        }
        return number;
    }

    /** Whether the last id was a new one of which there is the other type. */
    boolean isMixed() {
        return mixed;
    }

    /** A whole number without the fraction with which pandas writes columns with gaps: 3.0 is 3. */
    private static String withoutZeroFraction(String text) {
        return text.endsWith(".0") && Numbers.isCanonical(text.substring(0, text.length() - 2), Long.MAX_VALUE)
                ? text.substring(0, text.length() - 2)
                : text;
    }

    /** Ends the reading: decides the type of the ids, which may make two of them one. */
    void finish() {
        merged = new int[texts.size()];
        for (int number = 0; number < merged.length; number++) {
            int string = strings && texts.tag(number) == INTEGER ? texts.find(texts.text(number), STRING) : -1;
            merged[number] = string < 0 ? number : string;
        }
    }

    /** The number that an id has after {@link #finish}. */
    int merged(int number) {
        return merged[number];
    }

    /** One more than the largest number. */
    int bound() {
        return texts.size();
    }

    /** Whether an id is written as an integer. */
    boolean isInteger(int number) {
        return !strings && texts.tag(number) == INTEGER;
    }

    String text(int number) {
        return texts.text(number);
    }
}
