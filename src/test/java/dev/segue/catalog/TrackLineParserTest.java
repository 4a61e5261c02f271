package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Compares the parser with Jackson: both must accept a line and read the same data, or both must reject it. */
class TrackLineParserTest {

    private static final String[] TEXTS = {
        "",
        "plain",
        "Ünïcödé",
        "日本語",
        "😀",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b\\f\\n\\r\\t",
        "\\u0000",
        "\\u00e9",
        "\\uD83D\\ude00",
        "\u007f"
    };
    private static final String[] NUMBERS = {"0", "7", "-1", "-0", "123456789", "2147483647", "1.5", "-0.0e+7", "1E-3"};

    private final Random random = new Random(1);

    @Test
    void validLinesAreReadLikeJackson() {
        for (int i = 0; i < 10_000; i++) {
            assertTrue(acceptedByBothOrNone(randomLine().getBytes(UTF_8)));
        }
    }

    @Test
    void corruptLinesAreRejectedLikeJackson() {
        int accepted = 0;
        int lines = 30_000;
        for (int i = 0; i < lines; i++) {
            if (acceptedByBothOrNone(corrupt(randomLine().getBytes(UTF_8)))) {
                accepted++;
            }
        }
        assertTrue(accepted > lines / 20 && accepted < lines / 2, "the test needs lines of both kinds: " + accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"track\":01}",
                "{\"track\":1,}",
                "{,\"track\":1}",
                "{\"track\":1}}",
                "{\"track\":1} {\"track\":2}",
                "{\"track\":2147483648}",
                "{\"track\":99999999999999999999999}",
                "{\"track\":18446744073709551617}",
                "{\"track\":1.0}",
                "{\"track\":1e0}",
                "{\"track\":-0}",
                "{\"track\":\"\"}",
                "{\"track\":null}",
                "{\"track\":1,\"track\":1}",
                "{\"track\":1,\"item_id\":1}",
                "{\"tr\\u0061ck\":1}",
                "{\"track\":1,\"x\":\"\\ud800\"}",
                "{\"track\":1,\"\\ud800\":1}",
                "{\"track\":1,\"title\":\"\\ud800\"}",
                "{\"track\":1,\"title\":\"\\ud800\\ud800\\udc00\"}",
                "{\"track\":1,\"title\":\"\\udc00\"}",
                "{\"track\":1,\"title\":\"\\x\"}",
                "{\"track\":1,\"title\":\"\\u12g4\"}",
                "{\"track\":1,\"title\":\"tab\there\"}",
                "{\"track\":1,\"title\":\"open",
                "{\"track\":1,\"title\":\"open\\",
                "{\"track\":1,\"title\":\"open\\ud8",
                "{\"track\":1,\"recommendations\":[1,]}",
                "{\"track\":1,\"recommendations\":[,1]}",
                "{\"track\":1,\"recommendations\":[1 2]}",
                "{\"track\":1,\"recommendations\":[1,-2]}",
                "{\"track\":1,\"recommendations\":[[1]]}",
                "{\"track\":1,\"recommendations\":[ ]}",
                "{\"track\":1,\"recommendations\":{}}",
                "{\"track\":1,\"x\":[1,{\"a\":[true,false,null]},\"]\"],\"y\":{}}",
                "{\"track\":1,\"x\":{\"track\":2}}",
                "{\"track\":1,\"x\":tru}",
                "{\"track\":1,\"x\":nulls}",
                "{\"track\":1,\"x\":01}",
                "{\"track\":1,\"x\":1.}",
                "{\"track\":1,\"x\":.5}",
                "{\"track\":1,\"x\":+1}",
                "{\"track\":1,\"x\":-}",
                "{\"track\":1,\"x\":1e}",
                "{\"track\":1,\"x\":NaN}",
                "{\"track\":1,\"x\":[1,2}",
                "{\"track\":1,\"x\"}",
                "{track:1}",
                "{'track':1}",
                "\t{ \"track\" : 1 \r, \"recommendations\" : [ 1 , 2 ] }\r"
            })
    void edgeCasesOfTheGrammarAreReadLikeJackson(String line) {
        acceptedByBothOrNone(line.getBytes(UTF_8));
    }

    @Test
    void invalidUtf8IsRejected() {
        int[][] invalid = {
            {0x80},
            {0xc0, 0x80},
            {0xc1, 0xbf},
            {0xe0, 0x9f, 0xbf},
            {0xed, 0xa0, 0x80},
            {0xf0, 0x8f, 0xbf, 0xbf},
            {0xf4, 0x90, 0x80, 0x80},
            {0xf5, 0x80, 0x80, 0x80},
            {0xff},
            {0xc3},
            {0xe2, 0x82},
            {0xf0, 0x9f, 0x98},
            {0xc3, 0x28}
        };
        for (int[] sequence : invalid) {
            for (String name : List.of("title", "skipped")) {
                byte[] start = ("{\"track\":1,\"" + name + "\":\"").getBytes(UTF_8);
                var line =
                        ByteBuffer.allocate(start.length + sequence.length + 2).put(start);
                Arrays.stream(sequence).forEach(b -> line.put((byte) b));
                byte[] bytes = line.put((byte) '"').put((byte) '}').array();
                assertThrows(JsonProblem.class, () -> parse(bytes), Arrays.toString(sequence));
            }
        }
    }

    @Test
    void codePointsAreRead() {
        for (int codePoint = 0x80; codePoint <= Character.MAX_CODE_POINT; codePoint += 61) {
            if (Character.getType(codePoint) != Character.SURROGATE) {
                String text = Character.toString(codePoint);
                var escaped = new StringBuilder();
                text.chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\u%04x", unit)));
                Rows rows = parse(
                        ("{\"track\":1,\"artist\":\"" + text + "\",\"title\":\"" + escaped + "\"}").getBytes(UTF_8));
                assertEquals(text, new String(rows.artists().utf8(), UTF_8));
                assertEquals(text, new String(rows.titles().utf8(), UTF_8));
            }
        }
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        byte[] line = ("{\"track\":1,\"x\":" + deep + "}").getBytes(UTF_8);
        assertThrows(JsonProblem.class, () -> parse(line));
    }

    /** Returns whether both parsers accept a line; fails if they differ. */
    private static boolean acceptedByBothOrNone(byte[] line) {
        JacksonTrackLines expected = byJackson(line);
        String text = new String(line, UTF_8);
        if (expected == null) {
            assertThrows(JsonProblem.class, () -> parse(line), text);
            return false;
        }
        Rows rows;
        try {
            rows = parse(line);
        } catch (JsonProblem e) {
            throw new AssertionError(text, e);
        }
        assertEquals(expected.tracks.get(0), rows.keys()[0], text);
        assertArrayEquals(expected.ids.toArray(), rows.ids(), text);
        assertArrayEquals(expected.artists.toArray(), rows.artists().utf8(), text);
        assertArrayEquals(expected.titles.toArray(), rows.titles().utf8(), text);
        return true;
    }

    private static @Nullable JacksonTrackLines byJackson(byte[] line) {
        try {
            var rows = new JacksonTrackLines();
            rows.read(UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
            return rows;
        } catch (CharacterCodingException | JacksonException e) {
            return null;
        }
    }

    private static Rows parse(byte[] line) {
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        var json = new JsonCursor(ended, ended.length);
        var parser = new TrackLineParser("TRACKS_CATALOG", 0);
        if (!json.nextLine()) {
            throw new JsonProblem("blank");
        }
        parser.read(json);
        json.endLine();
        return parser.takeRows();
    }

    private String randomLine() {
        List<String> fields = new ArrayList<>();
        fields.add(name(random.nextBoolean() ? "track" : "item_id") + random.nextInt(1 << random.nextInt(31)));
        if (random.nextBoolean()) {
            fields.add(name("artist") + text());
        }
        if (random.nextBoolean()) {
            fields.add(name("title") + text());
        }
        if (random.nextBoolean()) {
            fields.add(name("recommendations")
                    + random.ints(random.nextInt(5), 0, 1000).boxed().toList());
        }
        while (random.nextInt(3) == 0) {
            fields.add(name("extra" + fields.size()) + value(3));
        }
        Collections.shuffle(fields, random);
        return space() + "{" + space() + String.join(space() + "," + space(), fields) + space() + "}" + space();
    }

    private String name(String name) {
        return '"' + name + '"' + space() + ":" + space();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> "true";
            case 1 -> "false";
            case 2 -> "null";
            case 3 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 4 -> text();
            case 5 -> random.nextInt(4) == 0 ? "[]" : "[" + value(depth - 1) + space() + "," + value(depth - 1) + "]";
            default ->
                random.nextInt(4) == 0
                        ? "{ }"
                        : "{" + name("a") + value(depth - 1) + "," + name("b") + value(depth - 1) + "}";
        };
    }

    private String text() {
        var text = new StringBuilder("\"");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.append('"').toString();
    }

    private String space() {
        return random.nextInt(4) == 0 ? " \t\r".substring(random.nextInt(3)) : "";
    }

    private byte[] corrupt(byte[] line) {
        byte[] alphabet = "{}[]\",:\\u0d8 -+.eE1tfnx/\u0001\t\u00e9".getBytes(UTF_8);
        byte other = alphabet[random.nextInt(alphabet.length)];
        int at = random.nextInt(line.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(line, at);
            case 1 -> {
                byte[] changed = line.clone();
                changed[at] = other;
                yield changed;
            }
            case 2 ->
                ByteBuffer.allocate(line.length + 1)
                        .put(line, 0, at)
                        .put(other)
                        .put(line, at, line.length - at)
                        .array();
            default ->
                ByteBuffer.allocate(line.length - 1)
                        .put(line, 0, at)
                        .put(line, at + 1, line.length - at - 1)
                        .array();
        };
    }
}
