package dev.segue.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decides the type of ids. */
class IdsTest {

    @TempDir
    private Path folder;

    private ImportRun run;
    private int second;

    @BeforeEach
    void prepare() {
        run = new ImportRun(folder);
    }

    /** Imports tracks of a table without types, and returns the tracks of the log as JSON. */
    private List<String> tracksOfCsv(String... ids) {
        var lines = new StringBuilder("user,track_id,ts\n");
        for (String id : ids) {
            lines.append("1,")
                    .append(id)
                    .append(',')
                    .append(1767600000 + second++)
                    .append('\n');
        }
        return tracks(run.file("plays.csv", lines.toString()));
    }

    /** The same for JSON values. */
    private List<String> tracksOfJson(String... ids) {
        var lines = new StringBuilder();
        for (String id : ids) {
            lines.append("{\"user\":1,\"track\":" + id + ",\"ts\":" + (1767600000 + second++) + "}\n");
        }
        return tracks(run.file("plays.jsonl", lines.toString()));
    }

    private List<String> tracks(Path... files) {
        return run.of(files).log().stream()
                .filter(line -> line.has("track"))
                .map(line -> line.get("track").toString())
                .toList();
    }

    @Test
    void aColumnOfIntegersStaysIntegers() {
        assertEquals(List.of("0", "7", "2147483647", "7"), tracksOfCsv("0", "7", "2147483647", "7.0"));
        assertEquals(List.of("7", "8"), tracksOfJson("7", "8.0"));
    }

    @Test
    void oneOtherIdMakesAColumnStrings() {
        assertEquals(List.of("\"7\"", "\"abc\""), tracksOfCsv("7", "abc"));
        assertEquals(List.of("\"7\"", "\"007\""), tracksOfCsv("7", "007"));
        assertEquals(List.of("\"7\"", "\"2147483648\""), tracksOfCsv("7", "2147483648"));
        assertEquals(List.of("\"7\"", "\"12345678901\""), tracksOfJson("7", "12345678901"));
    }

    @Test
    void stringsInJsonStayStrings() {
        assertEquals(List.of("\"7\"", "\"8\""), tracksOfJson("\"7\"", "\"8\""));
        assertEquals(0, run.counts().of(Reason.MIXED_ID));
        assertEquals(List.of("7", "\"abc\""), tracksOfJson("7", "\"abc\""));
    }

    @Test
    void aNumberAndAStringAreTwoTracksAndAreReported() {
        assertEquals(List.of("\"7\"", "8", "7", "7"), tracksOfJson("\"7\"", "8", "7", "7"));
        assertEquals(1, run.counts().of(Reason.MIXED_ID));
        assertEquals("plays.jsonl:3 (7)", run.example(Reason.MIXED_ID));
        assertEquals(3, run.tracks().size());
    }

    @Test
    void idsThatBecomeStringsAreOneTrackWithEqualStrings() {
        assertEquals(List.of("\"7\"", "\"7\"", "\"12345678901\""), tracksOfJson("\"7\"", "7", "12345678901"));
        assertEquals(2, run.tracks().size());
    }

    @Test
    void aListenerIsOneInBothTypes() {
        Path file = run.file("plays.jsonl", """
                {"user":42,"track":1,"ts":1767600000}
                {"user":"42","track":2,"ts":1767600001}
                {"user":9223372036854775807,"track":1,"ts":1767600000}
                """);
        run.of(file);
        assertTrue(run.events().contains("last \"42\" 2 1.0 1/3"), run.events()::toString);
        assertTrue(run.events().contains("last \"9223372036854775807\" 1 1.0 1/2"), run.events()::toString);
    }

    @Test
    void manyIdsKeepTheirNumbers() {
        var dictionary = new TextDictionary();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100_000; i++) {
                assertEquals(i, dictionary.number("track – " + i, i % 2));
            }
        }
        assertEquals("track – 99999", dictionary.text(99_999));
        assertEquals(1, dictionary.tag(99_999));
        assertEquals(-1, dictionary.find("track – 99999", 0));
    }
}
