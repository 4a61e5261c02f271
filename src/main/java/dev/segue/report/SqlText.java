package dev.segue.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A text of SQL in parts, each after a line {@code -- part: name}, with {@code ${names}} for what varies. */
final class SqlText {

    private static final String PART = "-- part: ";

    private final Map<String, String> parts = new LinkedHashMap<>();

    /** @param resource a file of this package in the jar */
    SqlText(String resource) {
        String name = "";
        for (String line : read(resource).split("\n", -1)) {
            if (line.startsWith(PART)) {
                name = line.substring(PART.length()).strip();
            } else if (!line.startsWith("--") && !name.isEmpty()) {
                parts.merge(name, line + "\n", String::concat);
            }
        }
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(SqlText.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part with its names replaced. */
    String part(String name, Map<String, String> values) {
        String text = Objects.requireNonNull(parts.get(name), name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    /** Text as SQL has it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
