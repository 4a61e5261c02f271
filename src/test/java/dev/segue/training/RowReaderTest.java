package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.embedding.Context;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {

    private static final String LOG = """
            {"message":"next","timestamp":1,"user":7,"track":3,"time":1.0,"latency":0,"recommendation":4}
            {"message":"next","timestamp":2,"user":7,"track":4,"time":0.5,"latency":0,"recommendation":5}
            {"message":"next","timestamp":3,"user":"x","track":1,"time":1.0,"latency":0,"recommendation":2}
            {"message":"last","timestamp":4,"user":7,"track":5,"time":0.25,"latency":0}
            {"message":"last","timestamp":5,"user":8,"track":2,"time":1.0,"latency":0}
            {"message":"next","timestamp":6,"user":"x","track":2,"time":0.75,"latency":0,"recommendation":9}
            {"message":"start","timestamp":7,"user":9,"latency":0,"recommendation":9,"v":1,"session":1,"seq":1}
            """;

    @TempDir
    private Path folder;

    @Test
    void theContextIsTheSessionsFirstTrack() throws IOException {
        assertEquals(List.of("0:3>4=0.5", "0:3>5=0.25", "1:1>2=0.75"), rows(read(Context.FIRST, 10)));
    }

    @Test
    void theContextIsThePreviousTrack() throws IOException {
        assertEquals(List.of("0:3>4=0.5", "0:4>5=0.25", "1:1>2=0.75"), rows(read(Context.PREVIOUS, 10)));
    }

    /** Players report plays of any tracks; they have no recommendation. */
    @Test
    void reportedPlaysOfUnknownTracksAreLeftOut() throws IOException {
        String log = """
                {"message":"next","timestamp":1,"user":7,"track":3,"time":1.0,"recommendation":null,"v":1,"session":1,"seq":1}
                {"message":"next","timestamp":2,"user":7,"track":"A – B","time":1.0,"recommendation":null,"v":1,"session":1,"seq":2}
                {"message":"next","timestamp":3,"user":7,"track":4,"time":0.5,"recommendation":null,"v":1,"session":1,"seq":3}
                {"message":"next","timestamp":4,"user":8,"track":"A – B","time":1.0,"recommendation":null,"v":1,"session":1,"seq":1}
                """;
        assertEquals(List.of("0:3>4=0.5"), rows(read(log, Context.PREVIOUS, 10)));
        assertThrows(
                TrainingException.class,
                () -> read(log.replace("\"recommendation\":null", "\"recommendation\":1"), Context.PREVIOUS, 10));
    }

    @Test
    void countsSessionsAndEventsWithoutRows() throws IOException {
        RowReader.Result read = read(Context.FIRST, 10);
        assertEquals(2, read.rows().sessions());
        assertEquals(2, read.counts().shortSessions());
        assertEquals(1, read.counts().startEvents());
        assertEquals(2, read.counts().log().open());
        assertEquals(
                List.of("7", "x"),
                read.rows().listenerIds().stream().map(ListenerId::text).toList());
    }

    @Test
    void aTrackOutsideTheCatalogIsRejectedWithARemedy() {
        String message = String.valueOf(assertThrows(TrainingException.class, () -> read(Context.FIRST, 5))
                .getMessage());
        assertTrue(message.contains("track 5 (listener 7, timestamp 4)"), message);
        assertTrue(message.contains("the catalog has ids 0 to 4; use the catalog that was served"), message);
    }

    @Test
    void theFingerprintDependsOnTheRows() throws IOException {
        assertEquals(fingerprint(Context.FIRST), fingerprint(Context.FIRST));
        assertNotEquals(fingerprint(Context.FIRST), fingerprint(Context.PREVIOUS));
    }

    private String fingerprint(Context context) throws IOException {
        return read(context, 10).rows().fingerprint();
    }

    @Test
    void sessionsAreNotDividedAndTheSplitDependsOnTheSeed() {
        var rows = new TrainingRows();
        for (int session = 0; session < 1000; session++) {
            for (int i = 0; i <= session % 5; i++) {
                rows.add(ListenerId.of(session), session, i, 0);
            }
            rows.endSession();
        }
        TrainValidationTestSplit split = TrainValidationTestSplit.of(rows, 1);
        List<BitSet> sessionsOfParts = new ArrayList<>();
        for (int[] part : List.of(split.training(), split.validation(), split.test())) {
            var sessions = new BitSet();
            Arrays.stream(part).map(rows::context).forEach(sessions::set);
            sessionsOfParts.add(sessions);
        }
        assertEquals(
                1000, sessionsOfParts.stream().mapToInt(BitSet::cardinality).sum(), "each session is in one part");
        assertEquals(800, sessionsOfParts.get(0).cardinality(), 40);
        assertEquals(100, sessionsOfParts.get(1).cardinality(), 30);
        assertEquals(3000, split.training().length + split.validation().length + split.test().length);
        assertTrue(
                Arrays.equals(split.test(), TrainValidationTestSplit.of(rows, 1).test()));
        assertTrue(!Arrays.equals(
                split.test(), TrainValidationTestSplit.of(rows, 2).test()));
    }

    @Test
    void eachEpochHasADifferentPermutation() {
        var split = new TrainValidationTestSplit(new int[] {5, 6, 7, 8, 9, 10}, new int[] {0}, new int[] {1});
        int[] first = split.shuffled(1, 1);
        assertTrue(Arrays.equals(first, split.shuffled(1, 1)));
        assertTrue(!Arrays.equals(first, split.shuffled(1, 2)));
        int[] sorted = first.clone();
        Arrays.sort(sorted);
        assertTrue(Arrays.equals(split.training(), sorted));
    }

    @Test
    void tooFewSessionsAreRejected() throws IOException {
        TrainingRows rows = read(Context.FIRST, 10).rows();
        String message =
                String.valueOf(assertThrows(TrainingException.class, () -> TrainValidationTestSplit.of(rows, 1))
                        .getMessage());
        assertTrue(message.startsWith("the log has 2 sessions with recommendations, too few"), message);
    }

    private RowReader.Result read(Context context, int tracks) throws IOException {
        return read(LOG, context, tracks);
    }

    private RowReader.Result read(String lines, Context context, int tracks) throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), lines);
        try (var sessions =
                new SessionReader(EventLogs.find(List.of(log.toString())).open(), SessionRule.DEFAULT)) {
            return new RowReader(context, TrackRows.identity(tracks)).read(sessions, rows -> {});
        }
    }

    private static List<String> rows(RowReader.Result read) {
        TrainingRows rows = read.rows();
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            texts.add(rows.listener(row) + ":" + rows.context(row) + ">" + rows.track(row) + "=" + rows.time(row));
        }
        return texts;
    }
}
