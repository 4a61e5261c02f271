package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogs;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests the shipped configuration in the bundled world. */
class ShippedExperimentTest {

    private final CommandRun run = new CommandRun();

    @Test
    void treatmentIsFarBetterThanControlAndNearTheOracle() {
        assertEquals(
                0,
                run.of(
                        List.of("simulate", "--config", "config.json", "--oracle"),
                        "--sessions",
                        "600",
                        "--format",
                        "json"),
                run.errors::toString);
        JsonNode control = run.json().get(0);
        JsonNode treatment = run.json().get(1);
        assertEquals("T1", treatment.get("arm").asString());
        double ofOracle = treatment.get("percent_of_oracle").doubleValue();
        assertTrue(ofOracle > 85, "percent of oracle: " + ofOracle);
        double ratio = treatment.get("mean_time_per_session").doubleValue()
                / control.get("mean_time_per_session").doubleValue();
        assertTrue(ratio > 4, "treatment over control: " + ratio);
    }

    @Test
    void sessionsDoNotRepeatTracks(@TempDir Path folder) {
        String log = folder.resolve("log.json").toString();
        assertEquals(
                0,
                run.of(
                        List.of("simulate", "--config", "config.json", "--max-playbacks", "50"),
                        "--sessions",
                        "1000",
                        "--log",
                        log),
                run.errors::toString);
        int sessions = 0;
        int longest = 0;
        try (var reader = new SessionReader(EventLogs.find(List.of(log)).open(), SessionRule.DEFAULT)) {
            for (Session session = reader.next(); session != null; session = reader.next()) {
                Set<Integer> tracks = new HashSet<>();
                for (Event event : session.events()) {
                    Playback playback = event.playback();
                    assertTrue(playback == null || tracks.add(playback.track()), session::toString);
                }
                sessions++;
                longest = Math.max(longest, tracks.size());
            }
        }
        assertEquals(1000, sessions);
        assertEquals(50, longest);
    }

    /** Also checks the order of the recommenders by percent of oracle. */
    @Test
    void everyRecommenderHasARow() {
        assertEquals(
                0,
                run.of(
                        List.of("simulate", "--policy", "contextual,new,session-knn,session,blend", "--oracle"),
                        "--rules",
                        "no-repeat,skip-memory,artist-spacing",
                        "--sessions",
                        "600",
                        "--format",
                        "json"),
                run.errors::toString);
        List<String> arms = new ArrayList<>();
        List<Double> ofOracle = new ArrayList<>();
        run.json().forEach(row -> {
            arms.add(row.get("arm").asString());
            ofOracle.add(row.get("percent_of_oracle").doubleValue());
        });
        assertEquals(List.of("contextual", "new", "session-knn", "session", "blend"), arms);
        double contextual = ofOracle.get(0);
        double byModel = ofOracle.get(1);
        double sessionKnn = ofOracle.get(2);
        double session = ofOracle.get(3);
        double blend = ofOracle.get(4);
        assertTrue(contextual < sessionKnn && sessionKnn < blend && blend < session, ofOracle::toString);
        assertTrue(byModel > 50 && byModel < session, ofOracle::toString);
    }

    /** {@code new} ranks by the model; {@code new:uniform} draws, like the treatment of the original experiment. */
    @Test
    void newByItsModelIsBetterThanNewUniform() {
        assertEquals(
                0,
                run.of(
                        List.of("simulate", "--policy", "new,new:uniform", "--oracle", "--rules", "no-repeat"),
                        "--sessions",
                        "400",
                        "--format",
                        "json"),
                run.errors::toString);
        double byModel = run.json().get(0).get("percent_of_oracle").doubleValue();
        double uniform = run.json().get(1).get("percent_of_oracle").doubleValue();
        assertTrue(byModel > 2 * uniform, byModel + " and " + uniform);
    }

    @Test
    void rulesChangeTheRecommendationsOfAPolicy() {
        Set<Double> times = new HashSet<>();
        for (String rules : List.of("no-repeat", "no-repeat,mmr")) {
            var one = new CommandRun();
            assertEquals(
                    0,
                    one.of(
                            List.of("simulate", "--policy", "session-knn", "--rules", rules),
                            "--sessions",
                            "100",
                            "--format",
                            "json"),
                    one.errors::toString);
            times.add(one.json().get(0).get("mean_time_per_session").doubleValue());
        }
        assertEquals(2, times.size(), times::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--policy random --rules no-repeats | unknown rule \"no-repeats\"; did you mean \"no-repeat\"?",
                "--config config.json --rules no-repeat | --rules is for --policy; a configuration has rules of its own"
            })
    void invalidRulesAreRefused(String arguments, String message) {
        assertTrue(run.of(List.of("simulate"), arguments.split(" ")) > 0);
        assertTrue(run.errors.toString().contains(message), run.errors::toString);
    }

    @ParameterizedTest
    @CsvSource({"session, models/session holds no model (model.json)", "session-knn, log.jsonl.gz"})
    void messageOfAPolicyWithoutItsModelNamesTheFile(String policy, String message, @TempDir Path folder) {
        CommandRun.makeWorld(folder, 200, 20);
        assertEquals(1, run.of(List.of("simulate", "--policy", policy, "--world", folder.toString())));
        assertTrue(run.errors.toString().contains(message), run.errors::toString);
    }
}
