package dev.segue.adapter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a Subsonic request, from the query string or a form.
 *
 * @param values the values of each parameter, which must not be modified
 */
public record SubsonicParameters(Map<String, String[]> values) {

    /** The first value; null if there is none. */
    @Nullable
    String find(String name) {
        String[] given = values.get(name);
        return given == null || given.length == 0 ? null : given[0];
    }

    /**
     * The first value.
     *
     * @throws SubsonicException if there is none
     */
    public String require(String name) {
        String value = find(name);
        if (value == null || value.isEmpty()) {
            throw SubsonicException.missing(name);
        }
        return value;
    }

    /** All values of a parameter that may be repeated. */
    public List<String> all(String name) {
        String[] given = values.get(name);
        return given == null ? List.of() : List.of(given);
    }

    /** Whether the parameter exists. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** A boolean; the default if it is missing. */
    public boolean bool(String name, boolean defaultValue) {
        String value = find(name);
        if (value == null) {
            return defaultValue;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw SubsonicException.generic(name + " must be true or false");
        };
    }

    /** An integer, reduced to the maximum; the default if it is missing. */
    public int count(String name, int defaultValue, int max) {
        return has(name) ? (int) Math.min(max, integer(name, require(name))) : defaultValue;
    }

    /** The value of a parameter as an integer from 0. */
    public static long integer(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw SubsonicException.generic(name + " must be an integer of 0 or more");
        }
        return Long.parseLong(text);
    }
}
