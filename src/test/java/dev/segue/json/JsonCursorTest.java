package dev.segue.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {

    private static JsonCursor at(String line) {
        byte[] bytes = (line + "\n").getBytes(UTF_8);
        var cursor = new JsonCursor(bytes, bytes.length);
        assertTrue(cursor.nextLine());
        return cursor;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "-17",
                "0.3",
                "0.000412345",
                "1e-7",
                "1E+300",
                "1.7976931348623157e308",
                "4.9e-324",
                "0.016666666666666666",
                "9007199254740993",
                "9007199254740992.5",
                "123456789012345678901234567890",
                "0.00000000000000000000001",
                "0.0000000000000000000000000000000000001"
            })
    void numbersAreReadAsNearestDoubles(String number) {
        JsonCursor json = at(number);
        assertEquals(Double.parseDouble(number), json.number("no"));
        json.endLine();
    }

    @Test
    void randomNumbersAreReadAsNearestDoubles() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            String text = i % 2 == 0 && Double.isFinite(value)
                    ? Double.toString(value)
                    : random.nextInt(100_000) + "." + Math.abs(random.nextLong() >>> random.nextInt(64));
            assertEquals(Double.parseDouble(text), at(text).number("no"), text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | not a number (byte 1)",
                "'\"1\"' | not a number (byte 1)",
                ".5 | not a number (byte 1)",
                "+1 | not a number (byte 1)",
                "1. | bad JSON: the line ends where a digit should be",
                "1e | bad JSON: the line ends where a digit should be",
                "- | bad JSON: the line ends where a value should be"
            })
    void invalidNumberIsRejected(String text, String problem) {
        var exception = assertThrows(JsonProblem.class, () -> at(text).number("not a number"));
        assertTrue(String.valueOf(exception.getMessage()).startsWith(problem), exception.getMessage());
        assertEquals(problem.startsWith("bad JSON"), exception.isMalformed());
    }

    @Test
    void arraysAreReadByElement() {
        var texts = new TextCache();
        JsonCursor json = at("[ \"a\", [] , [\"b\"],\"a\"]");
        List<String> read = new ArrayList<>();
        json.beginArray("no");
        while (json.nextElement()) {
            if (json.atString()) {
                read.add(json.text(texts, "no"));
            } else {
                json.beginArray("no");
                while (json.nextElement()) {
                    read.add("in " + json.text(texts, "no"));
                }
            }
        }
        json.endLine();
        assertEquals(List.of("a", "in b", "a"), read);
        assertSame(read.get(0), read.get(2), "created once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\",]", "[\"a\" \"b\"]", "[,\"a\"]", "[\"a\""})
    void invalidArraysAreRejected(String text) {
        var texts = new TextCache();
        assertThrows(JsonProblem.class, () -> {
            JsonCursor json = at(text);
            json.beginArray("no");
            while (json.nextElement()) {
                json.text(texts, "no");
            }
        });
    }

    @Test
    void stringsInTheSameSlotAreDistinguished() {
        var texts = new TextCache();
        for (int i = 0; i < 10_000; i++) {
            byte[] name = ("é" + i % 1_000).getBytes(UTF_8);
            assertEquals("é" + i % 1_000, texts.get(name, 0, name.length));
        }
    }

    @Test
    void namesAreReadAndNullsSkipped() {
        var texts = new TextCache();
        JsonCursor json = at("{\"a\\u00e9\":null,\"b\":1}");
        json.beginObject();
        assertTrue(json.nextName());
        assertEquals("aé", json.name(texts));
        assertTrue(json.skipNull());
        assertTrue(json.nextName());
        assertEquals("b", json.name(texts));
        assertFalse(json.skipNull());
        assertEquals(1, json.integer(9, "no"));
        assertFalse(json.nextName());
        json.endLine();
        assertFalse(json.nextLine());
    }

    @Test
    void cursorRestarts() {
        JsonCursor json = at("1");
        byte[] other = "\n[2]\n".getBytes(UTF_8);
        json.start(other, other.length);
        assertTrue(json.nextLine());
        assertEquals(2, json.line());
        json.beginArray("no");
        assertTrue(json.nextElement());
        assertEquals(2, json.integer(9, "no"));
    }
}
