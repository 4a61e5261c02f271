package dev.segue.importing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads selected fields of JSON objects into rows. Nested fields are named with dots, as in {@code track.artist.name}. */
final class JsonFields {

    private static final JsonFactory JSON = new JsonFactory();

    /** A field: a selected one, or one with selected fields inside. */
    private static final class Field {
        private final Map<String, Field> fields = new HashMap<>();
        private int column = -1;
    }

    private final Field root = new Field();

    JsonFields(List<String> columns) {
        for (int i = 0; i < columns.size(); i++) {
            Field field = root;
            for (String part : columns.get(i).split("\\.", -1)) {
                field = field.fields.computeIfAbsent(part, name -> new Field());
            }
            field.column = i;
            root.fields.computeIfAbsent(columns.get(i), name -> new Field()).column = i; // a name with dots
        }
    }

    /**
     * Reads one object. Sets the row's problem if the line is not a JSON object.
     *
     * @return whether the line is not blank
     */
    boolean read(byte[] line, Row row) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            if (first != JsonToken.START_OBJECT) {
                row.setProblem(Reason.NOT_JSON, "a JSON value");
                return true;
            }
            readObject(parser, root, row);
            if (parser.nextToken() != null) {
                row.setProblem(Reason.NOT_JSON, "text behind the object");
            }
        } catch (JacksonException e) {
            row.setProblem(Reason.NOT_JSON, "column " + e.getLocation().getColumnNr());
        }
        return true;
    }

    private void readObject(JsonParser parser, Field parent, Row row) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            @Nullable Field field = parent.fields.get(parser.currentName());
            JsonToken value = parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                readObject(parser, field, row);
            } else if (field.column < 0) {
                parser.skipChildren();
            } else if (value == JsonToken.START_ARRAY) {
                row.set(field.column, joined(parser), Row.Type.STRING);
            } else if (value.isNumeric()) {
                row.set(field.column, parser.getString(), Row.Type.NUMBER);
            } else if (value == JsonToken.VALUE_STRING) {
                row.set(field.column, parser.getString(), Row.Type.STRING);
            } else if (value.isBoolean()) {
                row.set(field.column, parser.getString(), Row.Type.UNTYPED);
            }
        }
    }

    /** The scalar elements of an array with semicolons between them. */
    private static String joined(JsonParser parser) {
        var elements = new StringJoiner(";");
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                elements.add(parser.getString());
            }
            parser.skipChildren();
        }
        return elements.toString();
    }
}
