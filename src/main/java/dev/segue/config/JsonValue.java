package dev.segue.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * JSON as plain objects: {@link Map}, {@link List}, {@link String}, {@link Boolean} and null; an integer is a {@link Long}
 * or, beyond 64 bits, a {@link BigInteger}, any other number a {@link Double}.
 *
 * <p>Jackson's tree would load 464 more classes at every start, a tenth of all.
 */
final class JsonValue {

    private JsonValue() {}

    /** Reads the value that begins at the current token of the parser. */
    static @Nullable Object read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    /** The value of decimal digits, with or without a minus before them. */
    static Object integer(String digits) {
        var integer = new BigInteger(digits);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    /** The value as compact JSON. */
    static String toJson(@Nullable Object value) {
        var json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        if (value instanceof Map<?, ?> members) {
            String separator = "{";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                json.append(separator);
                write(member.getKey(), json);
                json.append(':');
                write(member.getValue(), json);
                separator = ",";
            }
            json.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            String separator = "[";
            for (Object element : elements) {
                json.append(separator);
                write(element, json);
                separator = ",";
            }
            json.append(elements.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            json.append('"')
                    .append(JsonStringEncoder.getInstance().quoteAsCharArray(text))
                    .append('"');
        } else {
            json.append(value);
        }
    }
}
