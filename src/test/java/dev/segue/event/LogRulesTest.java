package dev.segue.event;

import static dev.segue.event.TestEvents.drain;
import static dev.segue.event.TestEvents.errorMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Cases;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRulesTest {

    private static final String LINE =
            "{\"message\":\"next\",\"timestamp\":1795400000000,\"user\":1,\"track\":8,\"time\":0.5,\"experiments\":{\"E\":\"T1\"}}";
    private static final LogRules SKIPPING = new LogRules(true, TimestampUnit.MILLISECONDS, true, "");

    @TempDir
    private Path folder;

    @Test
    void wholeFloatsAreReadAsIntegers() throws IOException {
        Event event = only(LINE.replace(":1,", ":1.0,").replace(":8,", ":8.00,").replace("00000,", "00000.0,"));
        assertEquals(only(LINE), event);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "track":8.5   | "track" must be an integer from 0 to 2147483647
            "track":""     | "track" must be an integer from 0 to 2147483647
            "track":8e0   | "track" must be an integer from 0 to 2147483647
            "track":8.    | "track" must be an integer from 0 to 2147483647
            "track":true  | "track" must be an integer from 0 to 2147483647
            "user":1.5    | "user" must be a string or an integer
            "user":true   | "user" must be a string or an integer
            "user":[1]    | "user" must be a string or an integer
            "user":9007199254740994.0 | "user" must be a string or an integer
            "user":9223372036854775808 | "user" must be a string or an integer
            "user":01     | "user" must be a string or an integer
            "time":"0.5"  | "time" must be a number
            "time":-0.1   | time -0.1 is outside 0..1
            "time":2.01   | time 2.01 is outside 0..1
            "timestamp":"2026-11-26T12:00:00Z" | "timestamp" must be an integer from 0 to 2^63-1, the milliseconds since 1970
            "timestamp":1795400000 | "timestamp" 1795400000 looks like seconds; write milliseconds since 1970, or read the log with --timestamps seconds
            "timestamp":1795400000000000 | "timestamp" 1795400000000000 looks like microseconds
            "timestamp":1795400000000000000 | "timestamp" 1795400000000000000 looks like nanoseconds
            "experiments":"T1" | "experiments" must be an object of strings
            "experiments":{"E":"C","E":"T1"} | experiment "E" appears twice in the line; keep one
            """)
    void invalidValueIsRejectedWithMessageOfField(String field, String problem) throws IOException {
        String name = field.substring(0, field.indexOf(':'));
        String line = LINE.replaceFirst(
                name + ":(\"[^\"]*\"|\\{[^}]*}|[0-9.]+)", java.util.regex.Matcher.quoteReplacement(field));
        assertTrue(line.contains(field), line);
        assertRejected(problem, line);
    }

    @ParameterizedTest
    @CsvSource({"user", "track", "time", "message", "timestamp", "experiments"})
    void repeatedFieldIsRejected(String field) throws IOException {
        assertRejected(
                "\"" + field + "\" appears twice in the line; keep one",
                LINE.replace("}}", "},\"" + field + "\":null}"));
    }

    @Test
    void experimentsMayBeStringOrContainNulls() throws IOException {
        Event event = only(LINE);
        assertEquals(event, only(LINE.replace("{\"E\":\"T1\"}", "\"{\\\"E\\\": \\\"T1\\\"}\"")));
        assertEquals(event, only(LINE.replace("{\"E\":\"T1\"}", "{\"D\":null,\"E\":\"T1\"}")));
    }

    @Test
    void sharesAboveOneAreClampedAndCounted() throws IOException {
        for (String share : List.of("1", "1.0", "1.0000001", "1.000001")) {
            try (EventReader reader = open(LogRules.STRICT, LINE.replace("0.5", share))) {
                assertEquals(1, playback(reader).time());
                assertEquals(0, reader.counts().clampedShares(), share);
            }
        }
        for (String share : List.of("1.00001", "1.44", "2")) {
            try (EventReader reader = open(LogRules.STRICT, LINE.replace("0.5", share))) {
                assertEquals(1, playback(reader).time());
                assertEquals(1, reader.counts().clampedShares(), share);
            }
        }
    }

    private static Playback playback(EventReader reader) {
        return Objects.requireNonNull(Objects.requireNonNull(reader.next()).playback());
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1795400000, 1795400000000",
        "SECONDS, 1795400000.25, 1795400000250",
        "MICROSECONDS, 1795400000000250, 1795400000000",
        "NANOSECONDS, 1795400000000000250, 1795400000000",
        "MILLISECONDS, 1795400000000, 1795400000000",
        "MILLISECONDS, 1000, 1000"
    })
    void timestampsAreReadInConfiguredUnit(TimestampUnit unit, String timestamp, long millis) throws IOException {
        try (EventReader reader = open(new LogRules(false, unit, true, ""), LINE.replace("1795400000000", timestamp))) {
            assertEquals(millis, Objects.requireNonNull(reader.next()).timestamp());
        }
    }

    @Test
    void segueLinesAreAlwaysInMilliseconds() throws IOException {
        String booted = LINE.replace("1795400000000", "1795400000").replace("}}", "},\"v\":1}");
        for (TimestampUnit unit : TimestampUnit.values()) {
            try (EventReader reader = open(new LogRules(false, unit, true, ""), booted)) {
                assertEquals(
                        1_795_400_000L, Objects.requireNonNull(reader.next()).timestamp());
            }
        }
    }

    @Test
    void timestampOutOfRangeOfUnitIsRejected() throws IOException {
        try (EventReader reader = open(new LogRules(false, TimestampUnit.SECONDS, true, ""), LINE)) {
            String message = errorMessage(EventLogException.class, reader::next);
            assertTrue(message.endsWith(":1: \"timestamp\" 1795400000000 is not a time in seconds"), message);
        }
    }

    @Test
    void tornLinesAndNulBytesAreReported() throws IOException {
        String torn = LINE.substring(0, 40);
        assertRejected(
                "a torn line",
                ": bad JSON: ",
                "; the line is torn, probably because the writing process was killed",
                torn);
        assertRejected(
                "a torn line before a whole",
                ": ",
                "; the line is torn, probably because the writing process was killed",
                torn + LINE);
        assertRejected("NUL bytes", ": ", "the line has NUL bytes, probably from a power loss", "\0".repeat(50) + LINE);
        assertRejected("many", ": ", "the line has NUL bytes, probably from a power loss", "\0".repeat(3 << 20) + LINE);
    }

    private void assertRejected(String what, String start, String end, String badLine) throws IOException {
        String message = rejection(badLine);
        assertTrue(message.contains("data.json:2" + start) && message.endsWith(end), what + ": " + message);
    }

    @Test
    void badLinesAreSkippedCountedAndQuoted() throws IOException {
        List<String> bad =
                List.of(LINE.substring(0, 40), "\0".repeat(3 << 20), "third", "{}", LINE.replace("8", "8.5"));
        Event event = only(LINE);
        try (EventReader reader =
                open(SKIPPING, LINE + "\n" + String.join("\n", bad) + "\n" + LINE + "\n" + "{\"mess")) {
            assertEquals(List.of(event, event), drain(reader));
            ReadCounts counts = reader.counts();
            assertEquals(5, counts.badLines());
            assertEquals(1, counts.tornLines());
            assertEquals(3, counts.firstBadLines().size());
            assertTrue(counts.firstBadLines().get(0).contains("data.json:2: bad JSON: "), counts::toString);
            assertTrue(
                    counts.firstBadLines().get(2).contains("data.json:4: an event is a JSON object"), counts::toString);
        }
    }

    @Test
    void countsOfFilesAreSummed() throws IOException {
        Path first = Files.writeString(folder.resolve("a.json"), LINE.replace("0.5", "1.5") + "\nx\ny\n");
        Path second = Files.writeString(folder.resolve("b.json"), LINE.replace("0.5", "1.5") + "\nx\ny\n");
        EventLogs logs = EventLogs.find(List.of(first.toString(), second.toString()), SKIPPING);
        try (EventReader reader = logs.open()) {
            drain(reader);
            assertEquals(2, reader.counts().clampedShares());
            assertEquals(4, reader.counts().badLines());
            assertEquals(3, reader.counts().firstBadLines().size());
        }
    }

    @Test
    void remedyFollowsMessage() throws IOException {
        try (EventReader reader = open(new LogRules(false, TimestampUnit.MILLISECONDS, true, "; do this"), "x\n")) {
            assertTrue(errorMessage(EventLogException.class, reader::next).endsWith("; do this"));
        }
    }

    @Test
    void idsKeepTheirTypes() {
        assertEquals(8, listeners("04-string-ids-merged/ids.parquet"));
        assertEquals(3_500, listeners("04-string-ids-merged/late.json.gz"));
    }

    private static long listeners(String log) {
        try (EventReader reader = EventReader.open(Cases.of(log))) {
            return drain(reader).stream().map(Event::listener).distinct().count();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            09-unreadable-is-called-empty/array.json | 24
            09-unreadable-is-called-empty/pretty.json | 24
            09-unreadable-is-called-empty/experiments-as-text.json | 24
            10-parquet/ok.parquet | 24
            10-parquet/renamed.parq | 24
            10-parquet/not-parquet.parquet | 24
            10-parquet/by-message | 24
            10-parquet/spark | 24
            10-parquet/spark/* | 24
            12-ids-as-floats/log.json | 24
            12-ids-as-floats/log.parquet | 24
            07-play-ratio-above-one/log.json | 24
            18-paths/da[1]/log{a}.json | 24
            18-paths/da[1]/*.json | 24
            02-rotated-names-of-botify/logs | 48
            02-rotated-names-of-botify/logs/data.json | 48
            """)
    void supportedFormatsAreRead(String log, int events) {
        try (EventReader reader =
                EventLogs.find(List.of(Cases.of(log).toString())).open()) {
            assertEquals(events, drain(reader).size());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            09-unreadable-is-called-empty/utf16.json | : UTF-16 text; save it as UTF-8
            09-unreadable-is-called-empty/commas.json | :1: bad JSON: a comma after the object; write one object per line
            10-parquet/cut.parquet | : not a Parquet file, or truncated; copy it or write it again
            10-parquet/times-as-text.parquet | , row 1: "timestamp" must be an integer from 0 to 2^63-1, the milliseconds since 1970
            14-report-reads-what-others-refuse/numbers-in-quotes.json | :1: "time" must be a number
            14-report-reads-what-others-refuse/track-fraction.json | :1: "track" must be an integer from 0 to 2147483647
            14-report-reads-what-others-refuse/user-true.json | :3: "user" must be a string or an integer
            14-report-reads-what-others-refuse/user-twice.json | :1: "user" appears twice in the line; keep one
            15-one-bad-line/nul-block.json | :10: the line has NUL bytes, probably from a power loss
            15-one-bad-line/torn-in-the-middle.json | :10: bad JSON: the line ends where
            """)
    void unsupportedInputIsReportedWithLocation(String log, String problem) {
        Path file = Cases.of(log);
        String message = errorMessage(EventLogException.class, () -> {
            try (EventReader reader = EventLogs.find(List.of(file.toString())).open()) {
                drain(reader);
            }
        });
        assertTrue(message.startsWith(file + problem), message);
    }

    private Event only(String line) throws IOException {
        try (EventReader reader = open(LogRules.STRICT, line)) {
            return drain(reader).get(0);
        }
    }

    private void assertRejected(String problem, String line) throws IOException {
        String message = rejection(line);
        assertTrue(message.contains("data.json:2: " + problem), message);
    }

    private String rejection(String badLine) throws IOException {
        try (EventReader reader = open(LogRules.STRICT, LINE + "\n" + badLine + "\n" + LINE + "\n")) {
            return errorMessage(EventLogException.class, () -> drain(reader));
        }
    }

    private EventReader open(LogRules rules, String text) throws IOException {
        return EventReader.open(Files.writeString(folder.resolve("data.json"), text), rules);
    }
}
