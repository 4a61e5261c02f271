package dev.segue.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SessionId\tItemId\tTime\n5\t1\t10\n5\t2\t20.5\n",
                "5\t1\t10\n5\t2\t20.5",
                "5,1,10\r\n5,2,20.5\r\n",
                "5;1;10\n\n5;2;20.5\n",
                "Time,Other,itemid,sessionid\n10,x,1,5\n20.5,y,2,5\n",
                "\"SessionId\",\"ItemId\",\"Time\"\n\"5\",\"1\",\"10\"\n\"5\",\"2\",\"20.5\"\n",
                "\uFEFFSessionId\tItemId\tTime\n5\t1\t10\n5\t2\t20.5\n"
            })
    void readsAllUsualFormats(String text) throws IOException {
        List<ItemSession> sessions = read(text);
        assertEquals(1, sessions.size());
        assertArrayEquals(new long[] {1, 2}, sessions.get(0).items());
        assertEquals(20_500, sessions.get(0).endMillis());
    }

    @Test
    void rowsOfASessionAreSortedByTime() throws IOException {
        List<ItemSession> sessions = read("1\t30\t3\n2\t7\t9\n1\t10\t1\n2\t8\t8\n1\t20\t2\n");
        assertEquals(2, sessions.size());
        assertArrayEquals(new long[] {10, 20, 30}, sessions.get(0).items());
        assertArrayEquals(new long[] {8, 7}, sessions.get(1).items());
    }

    @Test
    void rowsOfTheSameTimeFollowTheOrderOfTheFile() throws IOException {
        assertArrayEquals(
                new long[] {1, 2, 3}, read("1\t1\t5\n1\t2\t5\n1\t3\t6\n").get(0).items());
        assertArrayEquals(
                new long[] {1, 2, 3}, read("1\t3\t6\n1\t2\t5\n1\t1\t5\n").get(0).items());
    }

    @Test
    void idsCanBeAny64BitIntegers() throws IOException {
        ItemSession session = read("-5\t" + Long.MAX_VALUE + "\t1\n-5\t" + Long.MIN_VALUE + "\t2\n")
                .get(0);
        assertArrayEquals(new long[] {Long.MAX_VALUE, Long.MIN_VALUE}, session.items());
    }

    @Test
    void readsGzippedFilesOfAnyName() throws IOException {
        Path file = folder.resolve("train.txt");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1\t2\t3\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(1, SessionFile.read(List.of(file)).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SessionId,Item,Time~1,2,3 | :1: the header has no column ItemId (it has SessionId, Item, Time); rename the matching column",
                "1,2 | :1: the row has 2 fields, and needs 3 for SessionId, ItemId, Time",
                "1,2,3~~1,2 | :3: the row has 2 fields, and needs 3",
                "1,2,3~1,,4 | :2: ItemId \"\" is not a 64-bit integer; number the items and keep the table",
                "1,2,3~1,abc,4 | :2: ItemId \"abc\" is not a 64-bit integer",
                "1,2,3~x7,2,4 | :2: SessionId \"x7\" is not a 64-bit integer; number the sessions",
                "1,2,3~1,99999999999999999999,4 | :2: ItemId \"99999999999999999999\" is not a 64-bit integer",
                "1,2,today | :1: Time \"today\" is not a number of seconds; write times as seconds since 1970",
                "1,2,NaN | :1: Time \"NaN\" is not a number of seconds",
                "1,2,1593536687000 | :1: Time 1593536687000 is after the year 5000 in seconds; it looks like milliseconds",
                "SessionId,ItemId,Time | has no rows of SessionId, ItemId, Time; add a row for each played item",
                "'' | has no rows of SessionId, ItemId, Time",
            })
    void invalidRowsAreRejectedWithPlaceAndRemedy(String text, String message) {
        var failure = assertThrows(EvaluationException.class, () -> read(text.replace('~', '\n')));
        assertTrue(
                String.valueOf(failure.getMessage())
                        .contains("train.csv" + (message.startsWith(":") ? "" : " ") + message),
                failure.getMessage());
    }

    @Test
    void errorsNameTheFile() throws IOException {
        Path file = Files.write(folder.resolve("train.csv"), "PK\003\004zip".getBytes(StandardCharsets.ISO_8859_1));
        var failure = assertThrows(EvaluationException.class, () -> SessionFile.read(List.of(file)));
        assertTrue(String.valueOf(failure.getMessage()).startsWith(file + ": "), failure.getMessage());
    }

    private List<ItemSession> read(String text) throws IOException {
        return SessionFile.read(List.of(Files.writeString(folder.resolve("train.csv"), text)));
    }
}
