package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.event.SessionRule;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.GrowingReading;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import dev.segue.report.reading.WholeLog;
import dev.segue.report.rendering.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReportTest {

    @TempDir
    private Path folder;

    private void append(int listener, String message, double time) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":%s,\"latency\":0.001,%s"
                        + "\"experiments\":{\"E\":\"%s\"}}%n",
                message,
                1_000_000L * listener,
                listener,
                listener % 7,
                time,
                "next".equals(message) ? "\"recommendation\":" + listener % 5 + "," : "",
                listener % 2 == 0 ? "C" : "T1");
        Files.writeString(log(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path log() {
        return folder.resolve("data.json");
    }

    private void session(int listener) throws IOException {
        append(listener, "next", 1);
        append(listener, "next", listener % 10 / 10.0);
        append(listener, "last", listener % 3 / 10.0);
    }

    @Test
    void incrementalReadingGivesTheReportOfTheWholeLog() throws IOException {
        try (var live = new LiveReport(log(), TrackFacts.NONE, SessionRule.DEFAULT, 1000)) {
            live.catchUp();
            assertThrows(ReportException.class, () -> live.report("E", ReportOptions.DEFAULT));
            for (int listener = 0; listener < 60; listener++) {
                session(listener);
                if (listener % 11 == 0) {
                    live.catchUp();
                }
            }
            live.catchUp();
            assertEquals(ofWholeLog(), ReportFormat.JSON.write(live.report("E", ReportOptions.DEFAULT), false));
        }
    }

    private String ofWholeLog() {
        var options = new ReadingOptions(null, Duration.ofDays(1), ZoneId.of("UTC"), TrackFacts.NONE, false);
        ExperimentData data =
                new WholeLog(options, bytes -> {}).experiment(EventLogs.find(List.of(log().toString())), "E");
        return ReportFormat.JSON.write(ReportComputation.of(data, ReportOptions.DEFAULT), false);
    }

    private long sessions(LiveReport live) {
        live.catchUp();
        return live.report("E", ReportOptions.DEFAULT).arms().get(1).sessions();
    }

    @Test
    void openSessionsAreNotCounted() throws IOException {
        for (int listener = 0; listener < 8; listener++) {
            session(listener);
        }
        append(9, "next", 1);
        try (var live = new LiveReport(log(), TrackFacts.NONE, SessionRule.DEFAULT, 1000)) {
            assertEquals(4, sessions(live));
            assertEquals(
                    5, live.report("E", ReportOptions.DEFAULT).arms().get(1).exposed(), "already exposed");
            append(9, "last", 1);
            assertEquals(5, sessions(live));
        }
    }

    @Test
    void silenceUntilTheNewestEventEndsSessions() throws IOException {
        for (int listener = 0; listener < 8; listener++) {
            session(listener);
        }
        append(9, "next", 1);
        try (var live = new LiveReport(log(), TrackFacts.NONE, SessionRule.DEFAULT, 1000)) {
            assertEquals(4, sessions(live));
            append(10, "next", 1); // 1,000 seconds later
            assertEquals(4, sessions(live), "17 minutes do not end a session");
            append(11, "next", 1);
            assertEquals(5, sessions(live), "33 minutes do");
            assertEquals(ofWholeLog(), ReportFormat.JSON.write(live.report("E", ReportOptions.DEFAULT), false));
        }
    }

    @Test
    void repeatedEventsCountOnce() throws IOException {
        for (int listener = 0; listener < 8; listener++) {
            session(listener);
        }
        Files.writeString(log(), Files.readString(log()), StandardOpenOption.APPEND);
        try (var live = new LiveReport(log(), TrackFacts.NONE, SessionRule.DEFAULT, 1000)) {
            assertEquals(4, sessions(live));
            assertEquals(24, live.report("E", ReportOptions.DEFAULT).log().repeated());
        }
    }

    @Test
    void memoryIsBounded() throws IOException {
        for (int listener = 0; listener < 20; listener++) {
            session(listener);
        }
        try (var live = new LiveReport(log(), TrackFacts.NONE, SessionRule.DEFAULT, 10)) {
            String message = String.valueOf(
                    assertThrows(ReportException.class, live::catchUp).getMessage());
            assertTrue(message.contains("raise -Xmx, or run segue report"), message);
            assertThrows(ReportException.class, live::catchUp, "further calls fail too");
        }
    }

    @Test
    void memoryIsBoundedWithOpenSessions() throws IOException {
        for (int listener = 0; listener < 500; listener++) {
            append(listener, "next", 1);
        }
        var reading = new GrowingReading(EventReader.open(log()), ReadingOptions.DEFAULT);
        try (var live = new LiveReport(() -> reading, 10)) {
            assertThrows(ReportException.class, live::catchUp);
            assertTrue(reading.held() <= 12, "held: " + reading.held());
        }
    }

    @Test
    void longSessionsCountAsSeveralListeners() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            Files.writeString(
                    log(),
                    "{\"message\":\"next\",\"timestamp\":%d,\"user\":1,\"track\":%d,\"time\":1,\"recommendation\":%d,\"experiments\":{\"E\":\"C\"}}%n"
                            .formatted(i, i, i),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        try (var live = new LiveReport(log(), TrackFacts.NONE, SessionRule.DEFAULT, 20)) {
            assertThrows(ReportException.class, live::catchUp, "one listener with 5,000 tracks");
        }
    }
}
