package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests small logs with known counts, if they are beside the project. */
class CountedCasesTest {

    private static final Path CASES = Path.of("../shared/cases");

    private final CommandRun run = new CommandRun();

    @BeforeEach
    void needsTheCases() {
        assumeTrue(Files.isDirectory(CASES), "no " + CASES);
    }

    private JsonNode report(String log, String... options) {
        assertEquals(
                0,
                run.of(List.of("report", "--log", "" + CASES.resolve(log), "--format", "json"), options),
                run.errors::toString);
        return run.json();
    }

    private static JsonNode effect(JsonNode report, String metric) {
        for (JsonNode effect : report.get("effects")) {
            if (effect.get("metric").asString().equals(metric)) {
                return effect;
            }
        }
        throw new AssertionError("no " + metric);
    }

    @ParameterizedTest
    @CsvSource({
        "01-sessions-that-end-by-silence/log.json, 8",
        "01-sessions-that-end-by-silence/mixed.json, 8",
        "27-next-track-clients-only/data.json, 8"
    })
    void sessionsWithoutALastEnd(String log, int sessions) {
        JsonNode report = report(log);
        assertEquals(sessions, report.at("/log/sessions").intValue());
        assertEquals(4, report.at("/arms/0/counted").intValue());
        assertEquals(4, report.at("/arms/1/counted").intValue());
    }

    @Test
    void listenersWhoNeverFinishAreCounted() {
        JsonNode report = report("26-listeners-who-never-finish/data.json", "--interval", "seed");
        assertEquals(-60, effect(report, "sessions").get("effect").doubleValue(), 1e-9);
        assertEquals(
                "withheld",
                effect(report, "mean_time_per_session").get("verdict").asString());
        assertFalse(report.get("verdicts").toString().contains("beats"), report.get("verdicts")::toString);
    }

    @Test
    void changesOfTheArmWithinASessionAreCounted() {
        assertEquals(
                2,
                report("28-arm-change-within-a-session/data.json")
                        .at("/log/switched")
                        .intValue());
        String flips = "" + CASES.resolve("05-arm-flips-within-a-session/log.json");
        var report = new CommandRun();
        assertEquals(1, report.of(List.of("report", "--log", flips)));
        assertTrue(
                report.errors.toString().contains("8 listeners are in two arms and left out"), report.errors::toString);
        var assignments = new CommandRun();
        assertEquals(1, assignments.of(List.of("assignments", flips)));
        assertTrue(assignments.output.toString().contains("8 listeners in two arms"), assignments.output::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twice.json", "folder", "botify_twice.json"})
    void repeatedEventsCountOnce(String log) {
        JsonNode report = report("06-events-delivered-twice/" + log);
        assertEquals(24, report.at("/log/repeated").intValue());
        assertEquals(8, report.at("/log/sessions").intValue());
        assertTrue(report.get("notes").toString().contains("24 repeated events"), report.get("notes")::toString);
    }

    @Test
    void repeatedEventsDoNotChangeTheFigures() {
        JsonNode once = report("06-events-delivered-twice/once.json").get("effects");
        var twice = new CommandRun();
        assertEquals(
                0,
                twice.of(
                        List.of("report", "--format", "json", "--log"),
                        "" + CASES.resolve("06-events-delivered-twice/twice.json")));
        assertEquals(once, twice.json().get("effects"));
    }

    @Test
    void heavyListenersAreNamedAndCanBeCapped() {
        JsonNode report = report("17-one-listener-plays-all-day/log.json", "--cap", "95%");
        assertEquals("999", report.at("/heavy_listeners/0/listener").asString());
        assertEquals(1, report.at("/capped/1/listeners_above").intValue());
        assertEquals(1, report.at("/capped/1/treatment_mean").doubleValue(), 1e-12);
        assertTrue(effect(report, "sessions").get("treatment_mean").doubleValue() > 15);
    }
}
