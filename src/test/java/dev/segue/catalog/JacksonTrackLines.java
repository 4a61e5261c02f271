package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.json.ByteBuilder;
import dev.segue.json.IntBuilder;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses track lines with Jackson's streaming parser, as a reference for tests and benchmarks of {@link
 * TrackLineParser}.
 */
final class JacksonTrackLines {

    private static final JsonFactory FACTORY = new JsonFactory();

    final IntBuilder tracks = new IntBuilder(16);
    final IntBuilder ids = new IntBuilder(16);
    final IntBuilder ends = new IntBuilder(16);
    final ByteBuilder artists = new ByteBuilder(16);
    final ByteBuilder titles = new ByteBuilder(16);

    /** Reads lines from UTF-8, which Jackson does not validate completely. */
    void read(byte[] lines, int length) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), lines, 0, length)) {
            while (json.nextToken() != null) {
                readRow(json);
            }
        }
    }

    /** Reads one line. */
    void read(String line) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            json.nextToken();
            readRow(json);
            check(json.nextToken() == null, json, "one object");
        }
    }

    private void readRow(JsonParser json) {
        check(json.currentToken() == JsonToken.START_OBJECT, json, "an object");
        String seen = "";
        int track = -1;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName().replace("item_id", "track");
            JsonToken value = json.nextToken();
            switch (name) {
                case "track", "item_id", "artist", "title", "recommendations" -> {
                    check(!seen.contains(name), json, "each field once");
                    seen += name;
                }
                default -> {}
            }
            switch (name) {
                case "track", "item_id" -> track = id(json);
                case "artist" -> text(json, artists);
                case "title" -> text(json, titles);
                case "recommendations" -> {
                    check(value == JsonToken.START_ARRAY, json, "an array");
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        ids.add(id(json));
                    }
                }
                default -> json.skipChildren();
            }
        }
        check(track >= 0, json, "a track");
        tracks.add(track);
        ends.add(ids.size());
    }

    private static int id(JsonParser json) {
        check(json.currentToken().isNumeric(), json, "an integer");
        String digits = json.getString().replaceFirst("\\.0+$", "");
        check(digits.matches("-?[0-9]{1,10}"), json, "an integer");
        int id = Math.toIntExact(Math.min(Long.parseLong(digits), Integer.MAX_VALUE));
        check(Long.parseLong(digits) <= Integer.MAX_VALUE, json, "an int");
        check(id >= 0, json, "a non-negative integer");
        return id;
    }

    private static void text(JsonParser json, ByteBuilder texts) {
        check(json.currentToken() == JsonToken.VALUE_STRING, json, "a string");
        String text = json.getString();
        check(UTF_8.newEncoder().canEncode(text), json, "valid Unicode");
        byte[] utf8 = text.getBytes(UTF_8);
        texts.append(utf8, 0, utf8.length);
    }

    private static void check(boolean condition, JsonParser json, String expected) {
        if (!condition) {
            throw new StreamReadException(json, "expected " + expected);
        }
    }
}
