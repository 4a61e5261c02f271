package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void theTableHasTheOriginalsColumns() {
        assertEquals(0, report(), run.errors::toString);
        List<String> lines = run.output.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("NEXT_TRACK: C "), lines.get(0));
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
        assertTrue(run.errors.toString().contains("600 sessions; left out: 0 unfinished sessions"));
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
                                "| mean_time_per_session | T1 | %+.2f%% |",
                                effect.get("effect").doubleValue())),
                markdown.output::toString);
    }

    @Test
    void theSelfTestSplitsTheListenersAnew() {
        assertEquals(0, report("--aa", "300"), run.output::toString);
        String told = run.output.toString();
        assertTrue(told.startsWith("mean_time_per_session, 300 splits of the same listeners: "), told);
        assertTrue(told.endsWith("passed\n"), told);
        var unknown = new CommandRun();
        assertEquals(1, unknown.of(command(), "--aa", "3", "--primary", "joy"));
        assertTrue(unknown.errors.toString().contains("unknown metric \"joy\"; there are: time, sessions"));
        var none = new CommandRun();
        assertEquals(1, none.of(command(), "--aa", "0"));
        assertTrue(none.errors.toString().contains("a self-test takes at least one run"));
    }

    @Test
    void wrongArgumentsAreToldInOneLine() {
        assertEquals(1, report("--primary", "joy"));
        assertTrue(run.errors.toString().contains("unknown metric \"joy\"; there are: time, sessions"));
        var alpha = new CommandRun();
        assertEquals(1, alpha.of(command(), "--alpha", "2"));
        assertTrue(alpha.errors.toString().contains("alpha"), alpha.errors::toString);
        var selfTest = new CommandRun();
        assertEquals(2, selfTest.of(command(), "--aa", "9", "--format", "json"));
        selfTest.assertOneLineOfError("--aa says one line: leave out --format and --out");
        var weights = new CommandRun();
        assertEquals(1, weights.of(command(), "--weights", "C=9,T1=1"));
        assertTrue(weights.output.toString().contains("No verdict: the split is broken"), weights.output::toString);
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
        assertTrue(run.errors.toString().contains("173,859 events, 20,000 sessions; left out: 0 unfinished"));
    }

    private int report(String... others) {
        return run.of(command(), others);
    }

    private static List<String> command() {
        return List.of("report", "--log", log());
    }
}
