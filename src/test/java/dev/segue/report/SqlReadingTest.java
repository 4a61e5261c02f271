package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.event.EventLogException;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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

/** The SQL gives the same reports as the streaming reader, which is simple enough to be trusted. */
class SqlReadingTest {

    private static final Path REAL = Path.of("../shared/data/botify-logs-2025");
    private static final TrackFacts FACTS = new TrackFacts(50, row -> row, track -> track % 9);

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private final StringBuilder log = new StringBuilder();
    private long clock;

    @BeforeEach
    void beginAt() {
        clock = 1_760_000_000_000L;
    }

    /** Sessions of 40 listeners, some of them named by strings; half of the days are before the experiment. */
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

    private ReadingOptions options(@Nullable Long from) {
        return new ReadingOptions(from, Duration.ofDays(1), ZoneOffset.UTC, FACTS, true);
    }

    private EventLogs logs() {
        return EventLogs.find(List.of(folder.resolve("log.json").toString()));
    }

    private static String bySql(EventLogs logs, @Nullable String experiment, ReadingOptions options) {
        try (var sql = new SqlReading(logs, options)) {
            ExperimentData data = sql.experiment(experiment);
            assertNotNull(data, "all lines can be read");
            return describe(data);
        }
    }

    private static String lineByLine(EventLogs logs, @Nullable String experiment, ReadingOptions options) {
        try (var sessions = new SessionReader(logs.open())) {
            LogReading reading = LogReading.of(sessions, options, () -> {});
            return describe(reading.experiment(experiment));
        }
    }

    /** Sums of doubles depend on their order in the last digits. */
    private static String describe(ExperimentData data) {
        String report = ReportRows.json(Report.of(data, ReportOptions.DEFAULT));
        String rounded = Pattern.compile("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?")
                .matcher(report)
                .replaceAll(number -> rounded(Double.parseDouble(number.group())));
        return data.log() + "\n" + rounded;
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.6g", Math.abs(value) < 1e-12 ? 0 : value);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sqlGivesTheStreamingReadersReport(boolean segue) throws IOException {
        write(segue, "E");
        String expected = lineByLine(logs(), "E", options(null));
        assertTrue(expected.contains("variance_reduction"), "there are listeners from before");
        assertEquals(expected, bySql(logs(), "E", options(null)));
        long middle = clock - 100 * 1_500_000L;
        String later = lineByLine(logs(), "E", options(middle));
        assertTrue(!later.contains("early=0"), "E had begun before");
        assertEquals(later, bySql(logs(), "E", options(middle)));
    }

    @Test
    void switchedAndForcedListenersAreLeftOutBySqlToo() throws IOException {
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
        String expected = lineByLine(logs(), "E", options(null));
        assertTrue(expected.contains("switched=1, forced=2"), expected);
        assertEquals(expected, bySql(logs(), "E", options(null)));
    }

    @Test
    void idsMayBeTextsLateInTheLog() throws IOException {
        for (int i = 0; i < 8; i++) {
            write(false, "E"); // more lines than are looked at first
        }
        int late = log.lastIndexOf("\"user\":7,");
        log.replace(late, late + 9, "\"user\":\"seven\",");
        Files.writeString(folder.resolve("log.json"), log);
        assertEquals(lineByLine(logs(), "E", options(null)), bySql(logs(), "E", options(null)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listenerWrittenAsNumberAndAsTextIsOne(boolean segue) throws IOException {
        write(segue, "E");
        String expected = lineByLine(logs(), "E", options(null));
        int some = log.lastIndexOf("\"user\":7,");
        log.replace(some, some + 9, "\"user\":\"7\",");
        Files.writeString(folder.resolve("log.json"), log);
        assertEquals(expected, lineByLine(logs(), "E", options(null)));
        assertEquals(expected, bySql(logs(), "E", options(null)));
    }

    @Test
    void sessionsOfTwoLogsWithTheSameNumbersAreTwo() throws IOException {
        write(true, "E");
        write(true, "E"); // numbers from 1 on once more, as after a history was lost
        String expected = lineByLine(logs(), "E", options(null));
        assertTrue(expected.contains("closed=7"), expected);
        assertEquals(expected, bySql(logs(), "E", options(null)));
    }

    @Test
    void nothingSinceFromIsSaid() throws IOException {
        write(true, "E");
        try (var sql = new SqlReading(logs(), options(clock + 1))) {
            assertEquals(
                    "the log has no sessions of any experiment since --from; name an earlier time",
                    message(() -> sql.experiment("E")));
        }
    }

    @Test
    void nameWithQuotesIsAName() throws IOException {
        write(true, "it's");
        assertEquals(lineByLine(logs(), "it's", options(null)), bySql(logs(), "it's", options(null)));
    }

    @Test
    void experimentsAreListedWhereverTheyBegin() throws IOException {
        write(true, "E");
        try (var sql = new SqlReading(logs(), options(null))) {
            assertTrue(message(() -> sql.experiment(null)).endsWith("name one with --experiment: E, OTHER"));
            assertEquals("the log has no experiment F; it has: E, OTHER", message(() -> sql.experiment("F")));
        }
    }

    private static String message(Runnable action) {
        return String.valueOf(assertThrows(ReportException.class, action::run).getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tornLastLineIsLeftOutAndCounted(boolean segue) throws IOException {
        write(segue, "E");
        Files.writeString(folder.resolve("log.json"), log.substring(0, log.length() - 30));
        assertEquals(lineByLine(logs(), "E", options(null)), bySql(logs(), "E", options(null)));
        try (var sql = new SqlReading(logs(), options(null))) {
            ExperimentData data = sql.experiment("E");
            assertNotNull(data);
            assertEquals(1, data.log().counts().tornLines());
        }
    }

    @Test
    void botifysEventsAreReadInTheOrderOfTimeWhereALineIsTornToo() throws IOException {
        write(false, "E");
        String torn = "{\"message\":\"ne";
        Files.writeString(folder.resolve("log.json"), log + torn);
        String inOrder = lineByLine(logs(), "E", options(null));
        List<String> lines = new ArrayList<>(log.toString().lines().toList());
        int half = lines.size() / 2;
        while (timestamp(lines.get(half)).equals(timestamp(lines.get(half - 1)))) {
            half++; // the order of lines breaks ties
        }
        Collections.rotate(lines, -half);
        Files.writeString(folder.resolve("log.json"), String.join("\n", lines) + "\n" + torn);
        assertEquals(inOrder, bySql(logs(), "E", options(null)));
    }

    private static String timestamp(String line) {
        return line.replaceFirst(".*\"timestamp\":([0-9]+).*", "$1");
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
    void wrongLinesAreLeftToTheStreamingReaderWhichSaysWhere(String wrong) throws IOException {
        write(true, "E");
        List<String> lines = new ArrayList<>(log.toString().lines().toList());
        int number = 0;
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
        try (var sql = new SqlReading(logs(), options(null))) {
            assertNull(sql.experiment("E"));
        }
        int line = number + 1;
        var told = assertThrows(EventLogException.class, () -> lineByLine(logs(), "E", options(null)));
        assertTrue(String.valueOf(told.getMessage()).contains("log.json:" + line + ": "), told.getMessage());
    }

    /** @param columns what is kept of the log, in SQL */
    private Path parquet(String columns) throws Exception {
        Path parquet = folder.resolve("log.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select " + columns + " from read_json('" + folder.resolve("log.json") + "')) to '"
                    + parquet + "'");
        }
        return parquet;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "* replace (cast(to_json(experiments) as map(varchar, varchar)) as experiments)",
                "* replace (cast(json_extract_string(\"user\", '$') as varchar) as \"user\")",
                "* replace (cast(to_json(experiments) as varchar) as experiments)",
                "* replace (make_timestamp_ms(\"timestamp\") as \"timestamp\")",
                "* replace (cast(make_timestamp_ms(\"timestamp\") as timestamptz) as \"timestamp\")"
            })
    void parquetGivesTheSameReport(String columns) throws Exception {
        write(true, "E");
        EventLogs found = EventLogs.find(List.of(parquet(columns).toString()));
        assertEquals(lineByLine(logs(), "E", options(null)), bySql(found, "E", options(null)));
    }

    @Test
    void parquetOfBotifysColumnsGivesTheSameReport() throws Exception {
        write(false, "E");
        EventLogs found = EventLogs.find(List.of(parquet("*").toString()));
        assertEquals(lineByLine(logs(), "E", options(null)), bySql(found, "E", options(null)));
    }

    @Test
    void parquetRowsThatAreNoEventsAreCounted() throws Exception {
        write(true, "E");
        EventLogs found = EventLogs.find(
                List.of(parquet("* replace (case when seq < 2 and session < 4 then null else message end as message)")
                        .toString()));
        try (var sql = new SqlReading(found, options(null))) {
            EventLogException wrong = assertThrows(EventLogException.class, () -> sql.experiment("E"));
            assertEquals(
                    "3 rows of the Parquet files are no events: they lack message, timestamp, user, track or time, or these are out of range",
                    wrong.getMessage());
        }
    }

    @Test
    void parquetOfOtherTypesIsToldInOneLine() throws Exception {
        write(true, "E");
        EventLogs found = EventLogs.find(
                List.of(parquet("* replace ('noon' as \"timestamp\")").toString()));
        try (var sql = new SqlReading(found, options(null))) {
            String told = String.valueOf(assertThrows(EventLogException.class, () -> sql.experiment("E"))
                    .getMessage());
            assertTrue(told.startsWith("DuckDB cannot read the log: ") && told.contains("'noon'"), told);
            assertEquals(1, told.lines().count(), told);
        }
    }

    @Test
    void parquetAndOtherLogsAreTwoReports() throws Exception {
        write(true, "E");
        EventLogs mixed = EventLogs.find(
                List.of(parquet("*").toString(), folder.resolve("log.json").toString()));
        assertTrue(String.valueOf(assertThrows(EventLogException.class, () -> new SqlReading(mixed, options(null)))
                        .getMessage())
                .contains("Parquet in part"));
    }

    @Test
    void realLogsGiveTheSameReport() {
        assumeTrue(Files.isDirectory(REAL), "no " + REAL);
        EventLogs logs = EventLogs.find(List.of(REAL.toString()));
        ReadingOptions options = ReadingOptions.DEFAULT;
        assertEquals(lineByLine(logs, null, options), bySql(logs, null, options));
    }
}
