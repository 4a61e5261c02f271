package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportCommandTest {

    private static final Path REAL = Path.of("../shared/data/botify-logs-2025");

    @TempDir
    private static Path folder;

    private final CommandRun run = new CommandRun();

    @BeforeAll
    static void logSessions() throws IOException {
        CommandRun.makeWorld(folder, 300, 60);
        assertEquals(
                0,
                new CommandRun()
                        .of(
                                List.of("simulate", "--world", "" + folder, "--sessions", "600"),
                                "--config",
                                "" + CommandRun.configure(folder, folder),
                                "--log",
                                log()));
    }

    private static String log() {
        return folder.resolve("simulated.json.gz").toString();
    }

    @Test
    void theTableHasTheOriginalColumns() {
        assertEquals(0, report(), run.errors::toString);
        List<String> lines = run.output.toString().lines().toList();
        assertTrue(lines.get(0).matches("NEXT_TRACK, 20\\d\\d-\\d\\d-\\d\\d.* \\(UTC\\): C .*"), lines.get(0));
        assertEquals(
                List.of(
                        "metric",
                        "arm",
                        "effect",
                        "upper",
                        "lower",
                        "control_mean",
                        "treatment_mean",
                        "significant",
                        "p_adjusted"),
                List.of(lines.get(3).split(" +")));
        assertTrue(lines.get(4).startsWith("time "), lines.get(4));
        assertTrue(
                run.errors.toString().contains("600 sessions, 0 of them without \"last\"; left out: 0 open sessions"));
    }

    @Test
    void allFormatsGiveTheSameFigures() {
        assertEquals(0, report("--format", "json"));
        JsonNode effect = run.json().get("effects").get(4);
        assertEquals("mean_time_per_session", effect.get("metric").stringValue());
        var csv = new CommandRun();
        assertEquals(0, csv.of(command(), "--format", "csv"));
        List<String> cells =
                List.of(csv.output.toString().lines().toList().get(5).split(","));
        assertEquals(effect.get("effect").doubleValue(), Double.parseDouble(cells.get(2)));
        var markdown = new CommandRun();
        assertEquals(0, markdown.of(command(), "--format", "markdown"));
        assertTrue(
                markdown.output
                        .toString()
                        .contains(String.format(
                                Locale.ROOT,
                                "| mean_time_per_session | T1 | %+.2f%% |",
                                effect.get("effect").doubleValue())),
                markdown.output::toString);
    }

    @Test
    void theSelfTestSplitsTheListenersAgain() {
        assertEquals(0, report("--aa", "300"), run.output::toString);
        String line = run.output.toString();
        assertTrue(line.startsWith("mean_time_per_session, 300 splits of the same listeners: "), line);
        assertTrue(line.endsWith("passed\n"), line);
        var unknown = new CommandRun();
        assertEquals(1, unknown.of(command(), "--aa", "3", "--primary", "joy"));
        assertTrue(unknown.errors.toString().contains("unknown metric \"joy\"; there are: time, sessions"));
        var none = new CommandRun();
        assertEquals(2, none.of(command(), "--aa", "0"));
        none.assertOneLineOfError("--aa 0: give 1 or more splits");
    }

    private static JsonNode json(String... others) {
        var jsonRun = new CommandRun();
        assertEquals(
                0,
                jsonRun.of(
                        command(),
                        Stream.concat(Stream.of("--format", "json"), Stream.of(others))
                                .toArray(String[]::new)),
                jsonRun.errors::toString);
        return jsonRun.json();
    }

    @Test
    void optionsReachTheReport() {
        JsonNode byDefault = json();
        assertEquals("C", byDefault.get("arms").get(0).get("name").stringValue());
        assertTrue(byDefault.get("arms").get(0).get("catalog_coverage").isNull());
        JsonNode swapped = json("--control", "T1", "--catalog", "" + folder.resolve("tracks_with_recs.json"));
        assertEquals("T1", swapped.get("arms").get(0).get("name").stringValue());
        assertTrue(swapped.get("arms").get(0).get("catalog_coverage").doubleValue() > 0);

        JsonNode guarded = json("--guardrail", "time=12.5").get("guardrails").get(0);
        assertEquals("time", guarded.get("metric").stringValue());
        assertEquals(12.5, guarded.get("margin").doubleValue(), 1e-9);
    }

    @Test
    void daysBeginAtTheZonesMidnight() {
        JsonNode utc = json("--from", "2025-01-08").get("log");
        assertEquals(1_736_294_400_000L, utc.get("from").longValue());
        assertEquals("UTC", utc.get("zone").stringValue());
        JsonNode tokyo = json("--from", "2025-01-08", "--zone", "Asia/Tokyo", "--window-hours", "7")
                .get("log");
        assertEquals(1_736_294_400_000L - 9 * 3_600_000, tokyo.get("from").longValue());
        assertEquals("Asia/Tokyo", tokyo.get("zone").stringValue());
        assertEquals(7, tokyo.get("window_hours").intValue());
        JsonNode instant =
                json("--from", "2025-01-08T01:00:00Z", "--zone", "Asia/Tokyo").get("log");
        assertEquals(1_736_298_000_000L, instant.get("from").longValue());
    }

    @Test
    void alwaysValidIntervalsAreTightestAtThePlannedListeners() {
        assertTrue(lastWidth("60") < lastWidth("100000"));
    }

    private static double lastWidth(String planned) {
        JsonNode days =
                json("--window-hours", "1", "--planned-listeners", planned).get("days");
        JsonNode last = days.get(days.size() - 1);
        return last.get("upper").isNull()
                ? Double.POSITIVE_INFINITY // unbounded
                : last.get("upper").doubleValue() - last.get("lower").doubleValue();
    }

    @Test
    void reportsAreWrittenToFilesAndColoured() throws IOException {
        Path out = folder.resolve("report.html");
        assertEquals(0, report("--format", "html", "--out", "" + out));
        assertEquals("", run.output.toString());
        String html = Files.readString(out);
        assertTrue(html.startsWith("<!doctype html>") && html.contains("equal: p = "), html);
        var coloured = new CommandRun();
        assertEquals(0, coloured.of(command(), "--colour", "always"));
        assertTrue(coloured.output.toString().contains("\u001b["), coloured.output::toString);
    }

    @Test
    void wrongArgumentsAreReportedInOneLine() {
        assertEquals(1, report("--primary", "joy"));
        assertTrue(run.errors.toString().contains("unknown metric \"joy\"; there are: time, sessions"));
        var alpha = new CommandRun();
        assertEquals(1, alpha.of(command(), "--alpha", "2"));
        assertTrue(alpha.errors.toString().contains("alpha"), alpha.errors::toString);
        var selfTest = new CommandRun();
        assertEquals(2, selfTest.of(command(), "--aa", "9", "--format", "json"));
        selfTest.assertOneLineOfError("--aa prints one line: leave out --format and --out");
        var weights = new CommandRun();
        assertEquals(1, weights.of(command(), "--weights", "C=9,T1=1"));
        assertTrue(weights.output.toString().contains("No verdict: the split is broken"), weights.output::toString);
        var planned = new CommandRun();
        assertEquals(1, planned.of(command(), "--planned-listeners", "0"));
        planned.assertOneLineOfError("0 planned listeners are none; give 1 or more");
        var guardrail = new CommandRun();
        assertEquals(1, guardrail.of(command(), "--guardrail", "time=100"));
        guardrail.assertOneLineOfError("margin 100.0% of guardrail time lets it fall to nothing; give less than 100");
        var interval = new CommandRun();
        assertEquals(2, interval.of(command(), "--interval", "guess"));
        interval.assertOneLineOfError("guess");
    }

    @Test
    void theRealLogsGiveThePublishedEffect() {
        assumeTrue(Files.isDirectory(REAL), "no " + REAL);
        assertEquals(0, run.of(List.of("report", "--log", "" + REAL, "--interval", "seed", "--format", "json")));
        JsonNode effect = run.json().get("effects").get(4);
        assertEquals(48.12, effect.get("effect").doubleValue(), 0.005);
        assertEquals(
                3.28, (effect.get("upper").doubleValue() - effect.get("lower").doubleValue()) / 2, 0.005);
        assertTrue(run.errors
                .toString()
                .contains("173,859 events, 20,000 sessions, 0 of them without \"last\"; left out: 0 open"));
    }

    private int report(String... others) {
        return run.of(command(), others);
    }

    private static List<String> command() {
        return List.of("report", "--log", log());
    }
}
