package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code segue health}, on simulated listeners. */
class HealthCommandTest {

    @TempDir
    static Path world;

    private static Path log;
    private static Path config;

    private final CommandRun run = new CommandRun();

    @BeforeAll
    static void simulate() throws IOException {
        CommandRun.makeWorld(world, 200, 100);
        log = world.resolve("simulated.json");
        config = CommandRun.configure(world, world);
        CommandRun.simulateRandom(world, 2000, log);
    }

    private int health(Path events, String... arguments) {
        return run.of(List.of("health", "--log", "" + events, "--config", "" + config), arguments);
    }

    @Test
    void thePageHasAllSections() {
        assertEquals(0, health(log), run.errors::toString);
        String text = run.output.toString();
        assertTrue(text.contains(" in 2,000 sessions of 100 listeners, over "), text);
        for (String section : List.of(
                "Repeats",
                "Coverage of the catalog's 200 tracks",
                "By the recommender that the log names",
                "Tracks without neighbours",
                "Popularity drift",
                "Offline lift",
                "Recommendation")) {
            assertTrue(text.lines().anyMatch(line -> line.startsWith(section)), section + ": " + text);
        }
        assertTrue(text.lines().anyMatch(line -> line.startsWith("  random ") && line.contains("+0.0%")), text);
        assertTrue(text.lines().count() <= 60, text);
    }

    @Test
    void jsonHasTheSameFigures() {
        assertEquals(0, health(log, "--format", "json"), run.errors::toString);
        JsonNode figures = run.json();
        assertEquals(2000, figures.get("sessions").asInt());
        assertEquals(200, figures.get("coverage").get("tracks").asInt());
        assertEquals(2, figures.get("neighbours").size());
        assertEquals("SNIPS", figures.get("lift").get("estimator").asString());
        assertEquals("random", figures.get("lift").get("logged_by").asString());
        JsonNode random = figures.get("lift")
                .get("recommenders")
                .valueStream()
                .filter(recommender -> recommender.get("recommender").asString().equals("random"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, random.get("lift").asDouble(), 1e-9, "the logging policy itself");
        assertTrue(figures.get("recommendation").get("text").asString().length() > 20);
    }

    @Test
    void theLiftUsesTheNewestSessions() {
        assertEquals(0, health(log, "--sessions", "700", "--format", "json"), run.errors::toString);
        assertEquals(2000, run.json().get("sessions").asInt());
        assertEquals(700, run.json().get("lift").get("sessions").asInt());
    }

    @Test
    void aLogWithoutPropensitiesHasAllButTheLift() throws IOException {
        String plain =
                Files.readString(log).replaceAll(",\"v\":1,\"session\".*?(,\"generation\":\"[0-9a-f]*\")?\\}", "}");
        assertEquals(0, health(Files.writeString(world.resolve("botify.json"), plain)), run.errors::toString);
        String text = run.output.toString();
        assertTrue(
                text.contains("recommendations have no propensities, the probabilities with which they were chosen"),
                text);
        assertTrue(
                text.contains(
                        "This log does not show which recommender to serve: it has no propensities. Serve an arm"),
                text);
        assertTrue(text.contains("a track is played twice or more in "), text);
    }

    @Test
    void aCatalogThatDoesNotKnowMostPlaysIsTheWrongOne() throws IOException {
        String shifted = Files.readString(log)
                .lines()
                .map(line -> line.replaceAll("\"track\":(\\d+)", "\"track\":9$1"))
                .collect(Collectors.joining("\n"));
        assertEquals(1, health(Files.writeString(world.resolve("shifted.json"), shifted)));
        run.assertOneLineOfError("of the log's plays are of tracks that ");
        assertTrue(
                run.errors
                        .toString()
                        .contains(
                                "the log belongs to another catalog; name the --config whose TRACKS_CATALOG the log was served"),
                run.errors.toString());
    }

    @Test
    void anEmptyLogIsRefused() throws IOException {
        assertEquals(1, health(Files.writeString(world.resolve("empty.json"), "")));
        run.assertOneLineOfError("the log has no plays; name a log of segue serve, segue simulate or Botify");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertEquals(1, run.of(List.of("health", "--log", "" + log, "--config", "" + world.resolve("none.json"))));
        run.assertOneLineOfError("none.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"--format csv | --format is TEXT or JSON", "--sessions 0 | --sessions must be 1 or more"})
    void wrongArgumentsAreReportedInOneLine(String arguments, String message) {
        assertEquals(2, health(log, arguments.split(" ")));
        run.assertOneLineOfError(message);
    }
}
