package dev.segue.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaves out or changes rows with problems, and counts them with an example. */
class RowProblemsTest {

    private static final String HEADER = "user,track_id,ts,ms_played,duration_ms";
    private static final String GOOD = "1,5,1767600000,60000,120000";

    @TempDir
    private Path folder;

    private ImportRun run;

    @BeforeEach
    void prepare() {
        run = new ImportRun(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "NO_LISTENER            | ,5,1767600000,1,2           | plays.csv:3",
                "NO_TRACK               | 1, ,1767600000,1,2          | plays.csv:3",
                "BAD_ID                 | 1,-5,1767600000,1,2         | plays.csv:3 (-5)",
                "NO_TIMESTAMP           | 1,5,,1,2                    | plays.csv:3",
                "BAD_TIMESTAMP          | 1,5,yesterday,1,2           | plays.csv:3 (yesterday)",
                "BAD_TIMESTAMP          | 1,5,05/01/2026 08:00,1,2    | plays.csv:3 (05/01/2026 08:00)",
                "BAD_TIMESTAMP          | 1,5,2026-13-05T08:00:00Z,1,2| plays.csv:3 (2026-13-05T08:00:00Z)",
                "IMPLAUSIBLE_TIMESTAMP  | 1,5,0,1,2                   | plays.csv:3 (0)",
                "IMPLAUSIBLE_TIMESTAMP  | 1,5,-1767600000,1,2         | plays.csv:3 (-1767600000)",
                "IMPLAUSIBLE_TIMESTAMP  | 1,5,1970-01-01T00:00:00Z,1,2| plays.csv:3 (1970-01-01T00:00:00Z)",
                "BAD_PLAYED             | 1,5,1767600000,-1,2         | plays.csv:3 (-1)",
                "BAD_PLAYED             | 1,5,1767600000,86400001,2   | plays.csv:3 (86400001)",
                "BAD_PLAYED             | 1,5,1767600000,much,2       | plays.csv:3 (much)",
                "WRONG_FIELD_COUNT      | 1,5,1767600000,1            | plays.csv:3 (4 fields instead of 5)",
                "WRONG_FIELD_COUNT      | 1,5,1767600000,1,2,3        | plays.csv:3 (6 fields instead of 5)",
                "DUPLICATE              | 1,5,1767600000,1,2          | plays.csv:3 (5)",
            })
    void rowsThatAreLeftOut(Reason reason, String row, String example) {
        run.ofCsv(HEADER, GOOD, row);
        assertEquals(List.of("1 5 0.5"), run.plays());
        assertEquals(1, run.counts().of(reason));
        assertEquals(1, run.counts().of(Reason.Effect.LEFT_OUT));
        assertEquals(1, run.counts().taken());
        assertEquals(example, run.example(reason));
        assertTrue(!reason.remedy().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"'x', 128, true", "'x', 129, false", "'🎵', 128, true", "'🎵', 129, false"})
    void idsHaveAtMost128Characters(String character, int length, boolean taken) {
        String id = character.repeat(length);
        run.ofCsv(HEADER, GOOD, "1," + id + ",1767600100,1,2", id + ",5,1767600100,1,2");
        assertEquals(taken ? 0 : 2, run.counts().of(Reason.ID_TOO_LONG));
        assertEquals(taken ? 3 : 1, run.plays().size());
    }

    @Test
    void linesThatAreNotJson() {
        String good = "{\"user\":1,\"track\":5,\"ts\":1767600000}\n";
        Path file = run.file("plays.jsonl", good + "{\"user\":1,\n[1]\n\n" + good.strip() + " x\n");
        assertEquals(List.of("1 5 1.0"), run.of(file).plays());
        assertEquals(3, run.counts().of(Reason.NOT_JSON));
        assertEquals(4, run.counts().read());
        assertTrue(run.example(Reason.NOT_JSON).startsWith("plays.jsonl:2"), run.example(Reason.NOT_JSON));
    }

    @Test
    void numbersWithAFractionAreNoIds() {
        Path file = run.file(
                "plays.jsonl",
                "{\"user\":1,\"track\":5.0,\"ts\":1767600000}\n{\"user\":1,\"track\":5.5,\"ts\":1767600001}\n");
        assertEquals(List.of("1 5 1.0"), run.of(file).plays());
        assertEquals("plays.jsonl:2 (5.5)", run.example(Reason.BAD_ID));
    }

    @Test
    void duplicatesCountOnce() {
        run.ofCsv(
                HEADER,
                "1,5,1767600000,60000,120000",
                "1,6,1767600000,60000,120000",
                "2,5,1767600000,60000,120000",
                "1,5,1767600000,0,120000",
                "1,6,1767600000,0,120000",
                "1,5,1767600001,60000,120000");
        assertEquals(2, run.counts().of(Reason.DUPLICATE));
        assertEquals("plays.csv:5 (5)", run.example(Reason.DUPLICATE));
        assertEquals(List.of("1 5 0.5", "1 6 0.5", "2 5 0.5", "1 5 0.5"), run.plays());
    }

    @Test
    void sharesAbove1CountAs1() {
        run.ofCsv(HEADER, "1,5,1767600000,120000,120000", "1,5,1767600200,360000,120000");
        assertEquals(List.of("1 5 1.0", "1 5 1.0"), run.plays());
        assertEquals("plays.csv:3 (3.0)", run.example(Reason.SHARE_ABOVE_1));
        assertEquals(1, run.counts().of(Reason.SHARE_ABOVE_1));
        assertEquals(2, run.counts().taken());
    }

    @ParameterizedTest
    @CsvSource({"-120000", "99999999", "long"})
    void absurdDurationsAreIgnored(String duration) {
        run.ofCsv(HEADER, GOOD, "1,5,1767600100,30000," + duration, "1,5,1767600200,30000,0");
        assertEquals(List.of("1 5 0.5", "1 5 0.25", "1 5 0.25"), run.plays());
        assertEquals("plays.csv:3 (" + duration + ")", run.example(Reason.BAD_DURATION));
        assertEquals(1, run.counts().of(Reason.BAD_DURATION), "0 stands for an unknown duration");
        assertEquals(2, run.counts().of(Reason.PLAYED_BY_TRACK_DURATION));
    }

    @Test
    void negativeSharesAreLeftOut() {
        run.ofCsv("user,track_id,ts,played_ratio_pct", "1,5,1767600000,-3", "1,5,1767600001,30", "1,5,1767600002,102");
        assertEquals(List.of("1 5 0.3", "1 5 1.0"), run.plays());
        assertEquals("plays.csv:2 (-3)", run.example(Reason.BAD_SHARE));
        assertEquals(1, run.counts().of(Reason.SHARE_ABOVE_1));
    }

    @Test
    void missingColumnsAreRequestedByName() {
        ImportOptions options = ImportOptions.DEFAULT;
        String columns = "; the columns are ";
        assertEquals(
                "there is no column foo for --track" + columns + "user, track_id, ts",
                failure(ImportRun.columns(Map.of(Role.TRACK, "foo")), "user,track_id,ts"));
        assertEquals(
                "no column is known to be the timestamp; name it with --timestamp COLUMN" + columns
                        + "user, track_id, x",
                failure(options, "user,track_id,x"));
        assertEquals(
                "no column is known to be the track; name it with --track COLUMN, or artist and title with"
                        + " --artist COLUMN --title COLUMN" + columns + "user, x, ts",
                failure(options, "user,x,ts"));
        assertEquals(
                "no column is known to be the listener; name it with --listener COLUMN, or give all rows to one listener"
                        + " with --default-listener ID" + columns + "x, track_id, ts",
                failure(options, "x,track_id,ts"));
    }

    @Test
    void aTableWithoutHeaderIsRecognised() {
        String message = run.failureOfCsv(ImportOptions.DEFAULT, "1,5,1767600000,0.3");
        assertTrue(message.endsWith("; if that is a row, name the columns with --columns"), message);
    }

    private String failure(ImportOptions options, String header) {
        String message = run.failureOfCsv(options, header, "a,b,1767600000");
        String place = folder.resolve("plays.csv") + ": ";
        assertTrue(message.startsWith(place), message);
        return message.substring(place.length());
    }

    @Test
    void aFileWithoutAnyGoodRowIsAFailure() {
        String message = run.failureOfCsv(ImportOptions.DEFAULT, HEADER, "1,5,never,1,2");
        assertEquals("no row can be imported; the table above names the reasons", message);
    }
}
