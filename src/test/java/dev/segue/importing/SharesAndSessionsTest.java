package dev.segue.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the rules for shares and sessions. Times in the tables are seconds since 2026-01-05 08:00. */
class SharesAndSessionsTest {

    private static final long BEGIN = 1767600000;

    @TempDir
    private Path folder;

    private ImportRun run;

    @BeforeEach
    void prepare() {
        run = new ImportRun(folder);
    }

    private static String at(long second) {
        return String.valueOf(BEGIN + second);
    }

    @Test
    void durationsOfOtherRowsOfTheTrack() {
        run.ofCsv(
                "user,track_id,ts,ms_played,duration_ms",
                "1,5," + at(0) + ",60000,",
                "1,5," + at(90) + ",240000,240000");
        assertEquals(List.of("1 5 0.25", "1 5 1.0"), run.plays());
        assertEquals(1, run.counts().of(Reason.PLAYED_BY_TRACK_DURATION));
        assertEquals("plays.csv:2", run.example(Reason.PLAYED_BY_TRACK_DURATION));
    }

    @Test
    void theLongestOfThreePlaybacks() {
        run.ofCsv(
                "user,track_id,ts,ms_played",
                "1,5," + at(0) + ",50000",
                "1,5," + at(90) + ",200000",
                "1,5," + at(400) + ",100000",
                "1,6," + at(700) + ",21000");
        assertEquals(List.of("1 5 0.25", "1 5 1.0", "1 5 0.5", "1 6 0.1"), run.plays());
        assertEquals(3, run.counts().of(Reason.PLAYED_BY_LONGEST));
        assertEquals(1, run.counts().of(Reason.PLAYED_BY_TYPICAL), "21 s of 210 s");
    }

    @Test
    void theMedianDurationOfAllTracks() {
        run.ofCsv(
                "user,track_id,ts,ms_played,duration_ms",
                "1,5," + at(0) + ",100000,100000",
                "1,6," + at(100) + ",25000,");
        assertEquals(List.of("1 5 1.0", "1 6 0.25"), run.plays());
    }

    @Test
    void skipFlags() {
        run.ofCsv("user,track_id,ts,skipped", "1,5," + at(0) + ",true", "1,6," + at(9) + ",0", "1,7," + at(99) + ",");
        assertEquals(List.of("1 5 0.1", "1 6 1.0", "1 7 1.0"), run.plays());
        assertEquals(2, run.counts().of(Reason.SKIP_FLAG));
        assertEquals(1, run.counts().of(Reason.NO_NEXT_PLAY));
    }

    @Test
    void timeToTheNextPlayByDuration() {
        run.ofCsv(
                "user,track_id,ts,duration_ms",
                "1,5," + at(0) + ",200000",
                "1,5," + at(50) + ",200000",
                "1,5," + at(450) + ",200000");
        assertEquals(List.of("1 5 0.25", "1 5 1.0", "1 5 1.0"), run.plays());
        assertEquals(2, run.counts().of(Reason.NEXT_PLAY));
        assertEquals(1, run.counts().of(Reason.NO_NEXT_PLAY));
    }

    @Test
    void timeToTheNextPlayByTheMedianOfTheTrack() {
        run.ofCsv(
                "user,track_id,ts",
                "1,5," + at(0),
                "1,5," + at(20),
                "1,5," + at(220),
                "1,5," + at(420),
                "1,6," + at(620),
                "1,7," + at(720),
                "1,7," + at(720));
        assertEquals(List.of("1 5 0.1", "1 5 1.0", "1 5 1.0", "1 5 1.0", "1 6 0.5", "1 7 1.0"), run.plays());
    }

    @Test
    void timestampsOfTheEnd() {
        run.ofCsv("user,track_id,end_time,duration_ms", "1,5," + at(0) + ",200000", "1,6," + at(50) + ",200000");
        assertEquals(List.of("1 5 1.0", "1 6 0.25"), run.plays());
    }

    @Test
    void sessionsArePartedByASilence() {
        run.ofCsv(
                "user,track_id,ts,ms_played,duration_ms",
                "1,5," + at(0) + ",600000,600000",
                "1,6," + at(600 + 1800) + ",60000,60000",
                "1,7," + at(600 + 1800 + 60 + 1801) + ",60000,60000");
        assertEquals(
                List.of("start 1 1/1", "next 1 5 1.0 1/2", "last 1 6 1.0 1/3", "start 1 2/1", "last 1 7 1.0 2/2"),
                run.events());
    }

    @Test
    void theGapIsAnOption() {
        ImportOptions options = new ImportOptions(
                Map.of(), List.of(), null, Duration.ofSeconds(10), null, null, ZoneOffset.UTC, null, 0.1);
        run.ofCsv(options, "user,track_id,ts", "1,5," + at(0), "1,6," + at(10), "1,7," + at(21));
        assertEquals(List.of("1/1", "1/2", "1/3", "2/1", "2/2"), numbers());
    }

    @Test
    void givenSessionsReplaceTheGap() {
        run.ofCsv(
                "user,track_id,ts,session_id",
                "1,5," + at(0) + ",a",
                "1,6," + at(100_000) + ",a",
                "1,7," + at(100_001) + ",b");
        assertEquals(List.of("1/1", "1/2", "1/3", "2/1", "2/2"), numbers());
    }

    private List<String> numbers() {
        return run.log().stream()
                .map(line -> line.get("session") + "/" + line.get("seq"))
                .toList();
    }

    @Test
    void theLogIsInTheOrderOfTimeAndOfTheRowsAtOneTime() {
        run.ofCsv(
                "user,track_id,ts",
                "2,9," + at(100),
                "1,5," + at(7_000_000),
                "1,6," + at(50),
                "2,8," + at(100),
                "1,7," + at(50));
        assertEquals(List.of("1 6 1.0", "1 7 1.0", "2 9 1.0", "2 8 1.0", "1 5 1.0"), run.plays());
        assertEquals(run.timestamps().stream().sorted().toList(), run.timestamps());
    }

    @Test
    void topTracksAreRankedByListening() throws IOException {
        run.ofCsv(
                "user,track_id,ts,share",
                "1,5," + at(0) + ",0.4",
                "1,6," + at(1) + ",0.9",
                "1,5," + at(2) + ",0.6",
                "1,7," + at(3) + ",0");
        assertEquals("[5,6,7]\n", Files.readString(run.out.resolve("top_tracks.json")));
    }
}
