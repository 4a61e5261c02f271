package dev.segue.http;

import dev.segue.catalog.TrackFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the field {@code filter}, as strictly as {@link QueryReader} reads the other fields. For one query. */
final class FilterReader {

    /** Maximum number of characters of a tag. */
    private static final int MAX_CHARACTERS = 1000;

    private final List<String> anyTag = new ArrayList<>();
    private final List<String> allTags = new ArrayList<>();
    private final List<String> noTag = new ArrayList<>();
    private @Nullable Boolean explicit;
    private int fromYear;
    private int toYear;

    /** Reads the values of one of the parameters of a filter. */
    void setTexts(String name, String[] values) {
        switch (name) {
            case "tag_any" -> addAll(anyTag, values, name);
            case "tag_all" -> addAll(allTags, values, name);
            case "tag_none" -> addAll(noTag, values, name);
            case "explicit" -> explicit = FieldValues.bool(single(values, name), name);
            case "year_from" -> fromYear = year(single(values, name), name);
            default -> toYear = year(single(values, name), name);
        }
    }

    private static String single(String[] values, String name) {
        if (values.length != 1) {
            throw FieldValues.bad(name + " is given " + values.length + " times; give it once");
        }
        return values[0];
    }

    private static void addAll(List<String> tags, String[] values, String name) {
        for (String value : values) {
            add(tags, value, name);
        }
    }

    private static int year(String text, String name) {
        return (int) FieldValues.integer(text, name, TrackFilter.MIN_YEAR, TrackFilter.MAX_YEAR);
    }

    /** Reads {@code {"tags": {"any": ["a"], "all": [], "none": []}, "explicit": false, "years": {"from": 1990, "to": 1999}}}. */
    void read(JsonParser parser) {
        readObject(parser, "filter", "explicit, tags, years", name -> {
            switch (name) {
                case "tags" -> readTags(parser);
                case "explicit" -> explicit = FieldValues.bool(parser, "filter.explicit");
                case "years" -> readYears(parser);
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private void readTags(JsonParser parser) {
        readObject(parser, "filter.tags", "all, any, none", name -> {
            switch (name) {
                case "any" -> readArray(parser, anyTag, "filter.tags.any");
                case "all" -> readArray(parser, allTags, "filter.tags.all");
                case "none" -> readArray(parser, noTag, "filter.tags.none");
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private void readYears(JsonParser parser) {
        readObject(parser, "filter.years", "from, to", name -> {
            switch (name) {
                case "from" -> fromYear = year(parser, "filter.years.from");
                case "to" -> toYear = year(parser, "filter.years.to");
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private static int year(JsonParser parser, String name) {
        return (int) FieldValues.integer(parser, name, TrackFilter.MIN_YEAR, TrackFilter.MAX_YEAR);
    }

    /** Reads the value of a member; returns false if it is unknown. */
    private interface Member {
        boolean read(String name);
    }

    private static void readObject(JsonParser parser, String place, String known, Member member) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw FieldValues.bad(place + " must be an object with some of: " + known);
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (!member.read(name)) {
                throw FieldValues.bad(
                        "unknown field " + FieldValues.quote(name) + " in " + place + "; known: " + known);
            }
        }
    }

    private static void readArray(JsonParser parser, List<String> tags, String place) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw FieldValues.bad(place + " must be an array of strings");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw FieldValues.bad(place + "[" + tags.size() + "] must be a string");
            }
            add(tags, parser.getString(), place);
        }
    }

    private static void add(List<String> tags, String tag, String place) {
        if (tag.isEmpty() || tag.length() > MAX_CHARACTERS) {
            throw FieldValues.bad(place + ": a tag has 1 to " + MAX_CHARACTERS + " characters");
        }
        tags.add(tag);
        if (tags.size() > TrackFilter.MAX_TAGS) {
            throw FieldValues.bad(place + " has more than " + TrackFilter.MAX_TAGS + " values; leave some out");
        }
    }

    /** The filter, if its years fit together. */
    TrackFilter filter() {
        if (fromYear != 0 && toYear != 0 && fromYear > toYear) {
            throw FieldValues.bad("the filter's years are from " + fromYear + " to " + toYear + "; exchange them");
        }
        return new TrackFilter(anyTag, allTags, noTag, explicit, fromYear, toYear);
    }
}
