package dev.segue.http;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import java.util.function.Function;
import java.util.function.IntPredicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the values of fields. A problem names the field. */
final class FieldValues {

    private FieldValues() {}

    static long integer(JsonParser parser, String name, long min, long max) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            // Longer numbers are out of any range; asking the parser for their value would throw.
            String digits = parser.getString();
            return integer(digits, name, min, max);
        }
        throw bad(name + " must be an integer from " + min + " to " + max);
    }

    static long integer(String text, String name, long min, long max) {
        long value = 0;
        boolean valid = !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
        for (int i = 0; i < text.length() && valid; i++) {
            int digit = text.charAt(i) - '0';
            valid = digit >= 0 && digit <= 9 && value <= (max - digit) / 10;
            value = 10 * value + digit;
        }
        if (!valid || value < min) {
            throw bad(name + " must be an integer from " + min + " to " + max);
        }
        return value;
    }

    /** A track id; the string of an unknown one is {@code parser.getString()}. */
    static int track(JsonParser parser, String name) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> checked(name, parser.getString(), TrackIds::find);
            case VALUE_NUMBER_INT -> (int) integer(parser, name, 0, Integer.MAX_VALUE);
            default -> throw bad(name + " must be " + TrackIds.FORM);
        };
    }

    /**
     * A track id from a path or a query string.
     *
     * @param isTrack accepts the tracks of the catalog
     */
    static int track(String text, String name, IntPredicate isTrack) {
        return checked(name, text, id -> TrackIds.parse(id, isTrack));
    }

    /** The parsed value, or a problem with the field's name. */
    static <T> T checked(String name, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException refused) {
            throw bad(name + ": " + refused.getMessage());
        }
    }

    /** A listener: a string or an integer. */
    static ListenerId listener(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? checked("user", parser.getString(), ListenerId::ofString)
                : ListenerId.of(integer(parser, "user, unless it is a string,", 0, Long.MAX_VALUE));
    }

    static boolean bool(JsonParser parser, String name) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw bad(name + " must be true or false");
        };
    }

    static boolean bool(String text, String name) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name + " must be true or false");
        };
    }

    static String quote(String name) {
        return '"' + (name.length() <= 40 ? name : name.substring(0, 40) + "…") + '"';
    }

    static ProblemException bad(String detail) {
        return Problem.badRequest(detail).asException();
    }
}
