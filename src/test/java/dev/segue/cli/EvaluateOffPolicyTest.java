package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code segue evaluate --log} and {@code --open-bandit} on simulated listeners, whose true values are simulated too. */
class EvaluateOffPolicyTest {

    @TempDir
    static Path world;

    private static Path log;
    private static Path config;

    private final CommandRun run = new CommandRun();

    @BeforeAll
    static void simulate() throws IOException {
        CommandRun.makeWorld(world, 200, 100);
        log = world.resolve("log.json");
        config = CommandRun.configure(world, world);
        CommandRun.simulateRandom(world, 6000, log);
    }

    private int evaluate(String... arguments) {
        return run.of(List.of("evaluate", "--log", "" + log, "--config", "" + config), arguments);
    }

    private static JsonNode estimate(JsonNode figures, String policy, String estimand, String estimator) {
        for (JsonNode part : figures.get("policies")) {
            for (JsonNode estimate : part.get("estimates")) {
                if (part.get("policy").asString().equals(policy)
                        && part.get("estimand").asString().equals(estimand)
                        && estimate.get("estimator").asString().equals(estimator)) {
                    return estimate;
                }
            }
        }
        throw new AssertionError(policy + ", " + estimand + ", " + estimator + " is not in " + figures);
    }

    @Test
    void estimatesOfAnotherPolicyContainItsSimulatedTruth() {
        assertEquals(
                0, evaluate("--policy", "sticky-artist", "--horizon", "1", "--format", "json"), run.errors::toString);
        var truth = new CommandRun();
        assertEquals(
                0,
                truth.of(
                        List.of("simulate", "--world", "" + world, "--policy", "sticky-artist", "--sessions", "20000"),
                        "--max-playbacks",
                        "2",
                        "--seed",
                        "2",
                        "--format",
                        "json"));
        // The first track is not recommended and is played in full.
        double expected = truth.json().get(0).get("mean_time_per_session").asDouble() - 1;
        for (String estimator : List.of("per-decision IPS", "per-decision DR")) {
            JsonNode estimate = estimate(run.json(), "sticky-artist", "session", estimator);
            assertTrue(estimate.get("bootstrap").get(0).asDouble() < expected, expected + ": " + estimate);
            assertTrue(estimate.get("bootstrap").get(1).asDouble() > expected, expected + ": " + estimate);
            assertTrue(estimate.get("effective_sample_size").asDouble() >= 100);
        }
    }

    @Test
    void effectiveSampleSizeOfTheLoggingPolicyIsAllDecisions() {
        assertEquals(0, evaluate("--policy", "random", "--format", "json"), run.errors::toString);
        JsonNode ips = estimate(run.json(), "random", "next playback", "IPS");
        assertEquals(
                run.json().get("log").get("recommendations").asDouble(),
                ips.get("effective_sample_size").asDouble(),
                1e-6);
        JsonNode snips = estimate(run.json(), "random", "next playback", "SNIPS");
        assertEquals(ips.get("estimate").asDouble(), snips.get("estimate").asDouble(), 1e-9);
    }

    @Test
    void learnedPoliciesHaveANote() {
        assertEquals(0, evaluate("--policy", "random,contextual"), run.errors::toString);
        String text = run.output.toString();
        assertTrue(
                text.contains("policy contextual is learned: if it was learned from this log, its estimates are too"));
        assertFalse(text.contains("policy random is learned"), text);
    }

    @Test
    void textNamesTheEstimandAndTheEffectiveSampleSize() {
        assertEquals(0, evaluate("--policy", "random,sticky-artist", "--horizon", "3", "--arm", "random"));
        String text = run.output.toString();
        assertTrue(text.contains("recommendations in 6,000 sessions of 100 listeners\n"), text);
        assertTrue(
                text.contains("sticky-artist, next playback: mean share played of the next track, if the policy"),
                text);
        assertTrue(text.contains("random, session: sum of the shares played of a session's first 3 recommended"), text);
        assertTrue(text.contains("95% bootstrap"), text);
        assertTrue(text.contains("effective"), text);
        assertTrue(text.contains("refused: the effective sample size is "), "three decisions are too many: " + text);
    }

    @Test
    void aLogWithoutPropensitiesHasANoteAndTheDirectMethod() throws IOException {
        Path plain = Files.writeString(
                world.resolve("plain.json"), Files.readString(log).replaceAll(",\"propensity\":[^,]*", ""));
        assertEquals(
                1,
                run.of(List.of("evaluate", "--log", "" + plain, "--config", "" + config, "--policy", "random")),
                "no estimate by weights");
        String text = run.output.toString();
        assertTrue(text.contains("note: without propensities only the direct method (DM) remains"), text);
        assertTrue(text.lines().anyMatch(line -> line.startsWith("DM ") && !line.contains("refused")), text);
        assertFalse(text.contains(", session:"), text);
    }

    @Test
    void openBanditDataAreEvaluated() throws IOException {
        Path folder = Files.createDirectory(world.resolve("obd"));
        var csv = new StringBuilder("timestamp,item_id,position,click,propensity_score\n");
        for (int i = 0; i < 1000; i++) {
            csv.append("t," + i % 2 + ",1," + (i % 4 == 0 ? 1 : 0) + ",0.5\n");
        }
        Files.writeString(folder.resolve("all.csv"), csv);
        Path policy =
                Files.writeString(world.resolve("policy.csv"), "item_id,position,probability\n0,1,0.75\n1,1,0.25\n");
        assertEquals(
                0,
                run.of(
                        List.of("evaluate", "--open-bandit", "" + folder),
                        "--policy",
                        "random," + policy,
                        "--format",
                        "json"),
                run.errors::toString);
        assertEquals(
                0.25,
                estimate(run.json(), "random", "click", "IPS").get("estimate").asDouble(),
                1e-9);
        assertEquals(
                0.375,
                estimate(run.json(), "" + policy, "click", "IPS")
                        .get("estimate")
                        .asDouble(),
                1e-9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--policy unknown | 2 | has no such recommender; it has contextual",
                "--policy random --arm T9 | 1 | no recommendation in a session that is in arm T9 throughout; name a log",
                "--policy random --horizon 0 | 2 | --horizon must be 1 or more",
                "--policy random --format csv | 2 | --format is TEXT or JSON",
                "--policy random --count 5 | 2 | --count needs --dataset",
                "--policy random --dataset x | 2 | give exactly one of --dataset (offline evaluation), --log and --open-bandit",
                "--policy random --open-bandit x | 2 | give exactly one of --dataset",
                "--seed 2 | 2 | need --policy NAME, the policies to evaluate",
            })
    void wrongArgumentsAreReportedInOneLine(String arguments, int exitCode, String message) {
        assertEquals(exitCode, evaluate(arguments.split(" ")));
        run.assertOneLineOfError(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--recommender popularity | give exactly one of --dataset",
                "--dataset x | --dataset needs --recommender NAME",
                "--dataset x --recommender popularity --policy random | --policy needs --log or --open-bandit",
                "--open-bandit x --policy random --arm C | --arm needs --log",
            })
    void modesDoNotMix(String arguments, String message) {
        assertEquals(2, run.of(List.of("evaluate"), arguments.split(" ")));
        run.assertOneLineOfError(message);
    }
}
