package dev.segue.id;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackIdsTest {

    private static final String OTHERWISE = "\"track\" must be " + TrackIds.FORM;

    private static JsonCursor json(String text) {
        byte[] bytes = (text + "\n").getBytes(UTF_8);
        return new JsonCursor(bytes, bytes.length);
    }

    private static int read(String json) {
        return new TrackIdReader(true).read(json(json), OTHERWISE);
    }

    @Test
    void aStringAndAnIntegerOfTheSameDigitsAreTwoTracks() {
        int text = read("\"7\"");
        assertNotEquals(7, text);
        assertEquals(7, read("7"));
        assertNotEquals(text, read("\"007\""));
        assertEquals("7", TrackIds.text(text));
        assertEquals("7", TrackIds.text(7));
        assertEquals("7", TrackIds.json(text));
        assertEquals(7, TrackIds.json(7));
        assertTrue(TrackIds.isText(text) && TrackIds.isTrack(text));
        assertTrue(TrackIds.isTrack(7) && !TrackIds.isText(7));
        assertFalse(TrackIds.isTrack(TrackIds.NONE) || TrackIds.isTrack(TrackIds.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spotify:track:4uLU6hMCjMI75M1A2tKUQC", "é\"\\\n\u0001", "🎵", "x", " "})
    void aStringIdIsKeptAsItIs(String id) {
        int track = TrackIds.of(id);
        assertEquals(track, TrackIds.find(id));
        assertEquals(id, TrackIds.text(track));
    }

    @Test
    void anIdHasOneTo128Characters() {
        assertEquals("🎵".repeat(128), TrackIds.text(read("\"" + "🎵".repeat(128) + "\"")));
        for (String wrong : List.of(
                "\"\"", "\"" + "x".repeat(129) + "\"", "-1", "2147483648", "1.5", "null", "[1]", "\"\\ud800\"")) {
            var problem = assertThrows(JsonProblem.class, () -> read(wrong), wrong);
            assertTrue(String.valueOf(problem.getMessage()).startsWith(OTHERWISE), problem.getMessage());
        }
        for (String wrong : List.of("", "x".repeat(129), "\ud800")) {
            assertThrows(IllegalArgumentException.class, () -> TrackIds.of(wrong));
            assertThrows(IllegalArgumentException.class, () -> TrackIds.find(wrong));
            assertThrows(IllegalArgumentException.class, () -> TrackIds.parse(wrong, track -> true));
        }
    }

    @Test
    void aLookUpAddsNothing() {
        assertEquals(TrackIds.UNKNOWN, TrackIds.find("never added"));
        assertEquals(TrackIds.UNKNOWN, TrackIds.parse("never added", track -> true));
        var reader = new TrackIdReader(false);
        assertEquals(TrackIds.UNKNOWN, reader.read(json("\"never \\u0061dded\""), OTHERWISE));
        assertEquals("never added", reader.lastText());
        assertEquals(TrackIds.UNKNOWN, TrackIds.find("never added"));
    }

    @Test
    void anIdInAUrlIsAnIntegerUnlessTheCatalogHasOnlyTheString() {
        int string = TrackIds.of("31415");
        assertEquals(31_415, TrackIds.parse("31415", track -> false));
        assertEquals(31_415, TrackIds.parse("31415", track -> true));
        assertEquals(string, TrackIds.parse("31415", track -> track == string));
        int padded = TrackIds.of("0031415");
        assertEquals(padded, TrackIds.parse("0031415", track -> track == padded));
        for (String wrong : List.of("-1", "0031415", "3.5", "2147483648", "NaN")) {
            assertThrows(IllegalArgumentException.class, () -> TrackIds.parse(wrong, track -> false), wrong);
        }
    }

    @Test
    void anArrayMayMixBoth() {
        var ids = new IntBuilder(1);
        new TrackIdReader(true).readAll(json("[1,\"a\" , 2]"), ids, OTHERWISE);
        assertEquals(
                List.of("1", "a", "2"),
                IntStream.of(ids.toArray()).mapToObj(TrackIds::text).toList());
    }

    @Test
    void rowsHaveEachTrackOnce() {
        TrackRows rows = TrackRows.of(IntStream.of(TrackIds.of("b"), 4, TrackIds.of("a")));
        assertEquals(3, rows.size());
        assertEquals(2, rows.row(TrackIds.of("a")));
        assertEquals(4, rows.track(1));
        assertEquals(-1, rows.row(0));
        assertFalse(rows.isIdentity());
        assertTrue(TrackRows.of(IntStream.range(0, 3)).isIdentity());
        var repeated = assertThrows(
                IllegalArgumentException.class, () -> TrackRows.of(IntStream.of(TrackIds.of("b"), TrackIds.of("b"))));
        assertEquals("track b is repeated", repeated.getMessage());
    }
}
