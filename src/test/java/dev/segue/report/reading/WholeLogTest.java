package dev.segue.report.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogException;
import dev.segue.event.EventLogs;
import dev.segue.report.ReportComputation;
import dev.segue.report.ReportOptions;
import dev.segue.report.rendering.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a whole log gives the same report as reading its events one by one. */
class WholeLogTest {

    private static final TrackFacts FACTS = new TrackFacts(50, row -> row, track -> track % 9);

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private final StringBuilder log = new StringBuilder();
    private long clock;

    @BeforeEach
    void resetClock() {
        clock = 1_760_000_000_000L;
    }

    /** Writes sessions of 40 listeners, some with string ids; the first 150 of 400 sessions are before the experiment. */
    private void write(boolean segue, String experiment) throws IOException {
        for (int number = 1; number <= 400; number++) {
            int listener = random.nextInt(40);
            boolean early = number <= 150;
            session(segue, listener, number, early ? "OTHER" : experiment);
            clock += 1_500_000;
        }
        Files.writeString(folder.resolve("log.json"), log);
    }

    private void session(boolean segue, int listener, int number, String experiment) {
        int length = 2 + random.nextInt(6);
        boolean closed = random.nextInt(12) > 0;
        for (int i = 0; i < length; i++) {
            boolean last = i == length - 1 && closed;
            boolean start = segue && i == 0 && number % 5 == 0;
            log.append(String.format(
                    Locale.ROOT,
                    "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%s,%s\"latency\":%.6f,%s\"experiments\":{\"%s\":\"%s\"}%s}\n",
                    last ? "last" : start ? "start" : "next",
                    clock += random.nextInt(3) * 1000L,
                    segue && listener % 4 == 0 ? "\"listener " + listener + "\"" : "" + listener,
                    start
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "\"track\":%d,\"time\":%.2f,",
                                    random.nextInt(50),
                                    random.nextDouble()),
                    random.nextDouble() / 100,
                    last ? "" : "\"recommendation\":" + random.nextInt(50) + ",",
                    experiment,
                    listener % 2 == 0 ? "C" : "T1",
                    segue ? origin(number, i, last) : ""));
        }
    }

    private String origin(int session, int i, boolean last) {
        String where = ",\"v\":1,\"session\":" + session + ",\"seq\":" + (i + 1);
        return last
                ? where
                : where + ",\"recommender\":\"r\",\"fallback\":" + random.nextInt(2) + ",\"propensity\":0.5";
    }

    private static ReadingOptions options(@Nullable Long from) {
        return new ReadingOptions(from, Duration.ofDays(1), ZoneOffset.UTC, FACTS, false);
    }

    private EventLogs logs() {
        return EventLogs.find(List.of(folder.resolve("log.json").toString()));
    }

    private String ofWholeLog(@Nullable String experiment, ReadingOptions options) {
        return describe(new WholeLog(options, bytes -> {}).experiment(logs(), experiment));
    }

    private String eventByEvent(@Nullable String experiment, ReadingOptions options) {
        try (var reading = new GrowingReading(logs().open(), options)) {
            while (reading.readNext()) {
                assertTrue(reading.held() <= 41);
            }
            return describe(reading.experiment(experiment));
        }
    }

    private static String describe(ExperimentData data) {
        String report = ReportFormat.JSON.write(ReportComputation.of(data, ReportOptions.DEFAULT), false);
        return data.log() + "\n" + rounded(report);
    }

    /** Rounds numbers, since the last digits of sums depend on the order. */
    private static String rounded(String report) {
        return Pattern.compile("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?")
                .matcher(report)
                .replaceAll(number -> String.format(
                        Locale.ROOT,
                        "%.6g",
                        Math.abs(Double.parseDouble(number.group())) < 1e-12 ? 0 : Double.parseDouble(number.group())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothReadersGiveTheSameReport(boolean segue) throws IOException {
        write(segue, "E");
        String expected = eventByEvent("E", options(null));
        assertTrue(expected.contains("variance_reduction"), "index listeners have earlier sessions");
        assertTrue(!expected.contains("left=0,"), "index sessions ended without a last");
        assertEquals(expected, ofWholeLog("E", options(null)));
        long middle = clock - 100 * 1_500_000L;
        String later = eventByEvent("E", options(middle));
        assertTrue(!later.contains("early=0"), "E began earlier");
        assertEquals(later, ofWholeLog("E", options(middle)));
    }

    @Test
    void switchedAndForcedListenersAreLeftOut() throws IOException {
        write(true, "E");
        String line = "{\"message\":\"last\",\"timestamp\":" + (clock + 1)
                + ",\"user\":%d,\"track\":1,\"time\":1.0,\"latency\":0.1,\"experiments\":{\"E\":\"%s\"}%s,\"v\":1,\"session\":9999,\"seq\":1}\n";
        String before = line.replace("last", "next")
                .replace("\"latency\"", "\"recommendation\":777,\"latency\"")
                .replace(":9999,\"seq\":1", ":9998,\"seq\":1");
        for (String event : List.of(before, line)) {
            log.append(String.format(Locale.ROOT, event, 2, "T1", ""))
                    .append(String.format(Locale.ROOT, event, 3, "C", ",\"forced\":[\"E\"]"));
            log.append(String.format(Locale.ROOT, event, 77, "T1", ",\"forced\":[\"E\"]"));
        }
        Files.writeString(folder.resolve("log.json"), log);
        String expected = eventByEvent("E", options(null));
        assertTrue(expected.contains("switched=1, forced=2"), expected);
        assertEquals(expected, ofWholeLog("E", options(null)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numberAndTextAreTheSameListener(boolean segue) throws IOException {
        write(segue, "E");
        String expected = ofWholeLog("E", options(null));
        int index = log.lastIndexOf("\"user\":7,");
        log.replace(index, index + 9, "\"user\":\"7\",");
        Files.writeString(folder.resolve("log.json"), log);
        assertEquals(expected, ofWholeLog("E", options(null)));
    }

    @Test
    void sessionsOfTwoLogsWithTheSameNumberAreDistinct() throws IOException {
        write(true, "E");
        write(true, "E"); // numbers sessions from 1 again, as after a loss of the history
        String expected = eventByEvent("E", options(null));
        assertTrue(expected.contains("closed=7"), expected);
        assertEquals(expected, ofWholeLog("E", options(null)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsAreReadInTheOrderOfTime(boolean segue) throws IOException {
        write(segue, "E");
        String inOrder = ofWholeLog("E", options(null));
        List<String> lines = new ArrayList<>(log.toString().lines().toList());
        int half = lines.size() / 2;
        while (timestamp(lines.get(half)).equals(timestamp(lines.get(half - 1)))) {
            half++; // the order of lines breaks ties
        }
        Collections.rotate(lines, -half);
        Files.writeString(folder.resolve("log.json"), String.join("\n", lines) + "\n");
        assertEquals(inOrder, ofWholeLog("E", options(null)));
    }

    private static String timestamp(String line) {
        return line.replaceFirst(".*\"timestamp\":([0-9]+).*", "$1");
    }

    @Test
    void severalFilesAreOneLog() throws IOException {
        write(true, "E");
        String whole = ofWholeLog("E", options(null));
        List<String> lines = log.toString().lines().toList();
        Files.delete(folder.resolve("log.json"));
        Files.writeString(folder.resolve("a.json"), String.join("\n", lines.subList(0, 500)) + "\n");
        Files.writeString(folder.resolve("b.json"), String.join("\n", lines.subList(500, lines.size())) + "\n");
        var data = new WholeLog(options(null), bytes -> {}).experiment(EventLogs.find(List.of(folder.toString())), "E");
        assertEquals(whole, describe(data));
    }

    @Test
    void logsWithoutSessionsSinceFromAreRefused() throws IOException {
        write(true, "E");
        assertEquals(
                "the log has no sessions of any experiment since --from; name an earlier time",
                message(() -> ofWholeLog("E", options(clock + 1))));
    }

    @Test
    void namesCanHaveQuotes() throws IOException {
        write(true, "it's");
        assertEquals(eventByEvent("it's", options(null)), ofWholeLog("it's", options(null)));
    }

    @Test
    void allExperimentsAreListed() throws IOException {
        write(true, "E");
        assertTrue(message(() -> ofWholeLog(null, options(null))).endsWith("name one with --experiment: E, OTHER"));
        assertEquals("the log has no experiment F; it has: E, OTHER", message(() -> ofWholeLog("F", options(null))));
    }

    private static String message(Runnable action) {
        return String.valueOf(assertThrows(ReportException.class, action::run).getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tornLastLineIsLeftOutAndCounted(boolean segue) throws IOException {
        write(segue, "E");
        Files.writeString(folder.resolve("log.json"), log.substring(0, log.length() - 30));
        String report = ofWholeLog("E", options(null));
        assertTrue(report.contains("tornLines=1"), report);
        assertEquals(eventByEvent("E", options(null)), report);
    }

    @Test
    void tooLargeLogsAreReportedWithTheRemedy() throws IOException {
        for (int i = 0; i < 6; i++) {
            write(false, "E");
        }
        var whole = new WholeLog(options(null), bytes -> {});
        String message = message(() -> whole.experiment(logs(), "E", 100_000));
        assertTrue(
                message.matches(
                        "the log is too large for the memory that Java may take, [\\d,]+ MB; give it more, as in: java"
                                + " -Xmx\\d+m -jar segue.jar report \\.\\.\\."),
                message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"time\": -5",
                "\"time\": 2.5",
                "\"time\": \"x\"",
                "\"time\": null",
                "\"user\": null",
                "\"timestamp\": null",
                "\"timestamp\": -1",
                "\"session\": -1",
                "\"seq\": -1",
                "\"fallback\": -1",
                "\"track\": -1",
                "\"recommendation\": -7",
                "\"message\": \"foo\"",
                "\"message\": \"start\"",
                "\"experiments\": [1]",
                "\"v\": 2",
                "} x"
            })
    void invalidLinesAreReportedWithTheirPlace(String wrong) throws IOException {
        write(true, "E");
        List<String> lines = new ArrayList<>(log.toString().lines().toList());
        int number = 900;
        while (!lines.get(number).contains("\"next\"")) {
            number++;
        }
        String field = wrong.substring(0, wrong.indexOf(wrong.startsWith("}") ? " " : ":"));
        lines.set(
                number,
                lines.get(number)
                        .replaceFirst(
                                Pattern.quote(field) + "(:([^,{}]+|\\{[^}]*}))?(?!.*" + Pattern.quote(field) + ")",
                                wrong));
        Files.writeString(folder.resolve("log.json"), String.join("\n", lines) + "\n");
        int line = number + 1;
        var error = assertThrows(EventLogException.class, () -> ofWholeLog("E", options(null)));
        assertTrue(String.valueOf(error.getMessage()).contains("log.json:" + line + ": "), error.getMessage());
    }
}
