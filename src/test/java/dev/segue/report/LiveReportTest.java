package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventReader;
import dev.segue.event.SessionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneId;
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
    void lookingNowAndThenGivesWhatReadingAtOnceDoes() throws IOException {
        try (var live = new LiveReport(log(), TrackFacts.NONE, 1000)) {
            live.catchUp();
            assertThrows(ReportException.class, () -> live.report("E", ReportOptions.DEFAULT));
            for (int listener = 0; listener < 60; listener++) {
                session(listener);
                if (listener % 11 == 0) {
                    live.catchUp();
                }
            }
            live.catchUp();
            assertEquals(atOnce(), ReportRows.json(live.report("E", ReportOptions.DEFAULT)));
        }
    }

    private String atOnce() {
        var options = new ReadingOptions(null, Duration.ofDays(1), ZoneId.of("UTC"), TrackFacts.NONE, false);
        try (var sessions = new SessionReader(EventReader.open(log()))) {
            LogReading reading = LogReading.of(sessions, options, () -> {});
            return ReportRows.json(Report.of(reading.experiment("E"), ReportOptions.DEFAULT));
        }
    }

    @Test
    void sessionsThatAreNotOverDoNotCountYet() throws IOException {
        for (int listener = 0; listener < 8; listener++) {
            session(listener);
        }
        append(9, "next", 1);
        try (var live = new LiveReport(log(), TrackFacts.NONE, 1000)) {
            live.catchUp();
            assertEquals(
                    4, live.report("E", ReportOptions.DEFAULT).arms().get(1).exposed());
            append(9, "last", 1);
            live.catchUp();
            assertEquals(
                    5, live.report("E", ReportOptions.DEFAULT).arms().get(1).exposed());
        }
    }

    @Test
    void memoryIsBounded() throws IOException {
        for (int listener = 0; listener < 20; listener++) {
            session(listener);
        }
        try (var live = new LiveReport(log(), TrackFacts.NONE, 10)) {
            String message = String.valueOf(
                    assertThrows(ReportException.class, live::catchUp).getMessage());
            assertTrue(message.contains("raise -Xmx, or ask segue report"), message);
            assertThrows(ReportException.class, live::catchUp, "and it stays so");
        }
    }
}
