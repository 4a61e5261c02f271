package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventReader;
import dev.segue.play.Event;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SimulateCommandTest {

    @TempDir
    private static Path world;

    private final CommandRun run = new CommandRun();

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeWorld() {
        CommandRun.makeWorld(world, 1000, 60);
    }

    @Test
    void printsEachPolicysMeansWithStandardErrors() {
        assertEquals(0, simulate("--sessions", "600"));
        List<String> lines = run.output.toString().lines().toList();
        assertEquals(4, lines.size(), run.output.toString());
        assertTrue(lines.get(1).matches("random +[0-9]+ +[0-9]+ +[0-9.]+ ± [0-9.]+ +[0-9.]+ ± [0-9.]+"), lines.get(1));
        assertTrue(lines.get(2).startsWith("sticky-artist "));
        assertTrue(lines.get(3).startsWith("top-pop "));
        assertTrue(run.errors.toString().startsWith("600 of 600 sessions in "), run.errors.toString());
    }

    @Test
    void sameSeedWritesTheSameLogForAnyNumberOfThreads() throws IOException {
        Path one = directory.resolve("one.json");
        Path two = directory.resolve("two.json");
        assertEquals(0, simulate("--sessions", "500", "--threads", "1", "--log", one.toString()));
        assertEquals(0, simulate("--sessions", "500", "--threads", "3", "--log", two.toString()));
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
        assertTrue(Files.size(one) > 500 * 5 * 200);
    }

    @Test
    void logHoldsWholeSessionsWithTheirPolicyAsArmAndRecommender() {
        Path log = directory.resolve("log.json.gz");
        assertEquals(
                0,
                simulate("--sessions", "300", "--policy", "random,top-pop:30", "--seed", "7", "--log", log.toString()));
        Map<String, Integer> ends = new TreeMap<>();
        Map<String, TreeSet<Integer>> popular = new TreeMap<>();
        try (EventReader reader = EventReader.open(log)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                String arm = String.valueOf(event.experiments().arm("POLICY"));
                assertEquals(0, event.latency());
                Recommendation recommendation = event.recommendation();
                if (!recommendation.hasOrigin()) {
                    ends.merge(arm, 1, Integer::sum);
                } else {
                    assertEquals(arm, recommendation.recommender());
                    popular.computeIfAbsent(arm, key -> new TreeSet<>()).add(recommendation.track());
                }
            }
        }
        assertEquals(300, ends.values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(30, popular.getOrDefault("top-pop:30", new TreeSet<>()).size());
        assertTrue(popular.getOrDefault("random", new TreeSet<>()).size() > 300);
    }

    @Test
    void splitBySessionGivesAListenerBothPolicies() {
        assertEquals(
                0,
                simulate("--sessions", "300", "--policy", "random,top-pop", "--split", "SESSION", "--format", "JSON"));
        for (JsonNode row : run.json()) {
            assertTrue(row.get("listeners").intValue() > 40, row.toString());
            assertTrue(row.get("sessions").intValue() > 120, row.toString());
        }
    }

    @Test
    void jsonAndCsvCarryTheSameFigures() {
        assertEquals(0, simulate("--sessions", "100", "--policy", "random", "--oracle", "--format", "JSON"));
        JsonNode row = run.json().get(0);
        run.output.getBuffer().setLength(0);
        assertEquals(0, simulate("--sessions", "100", "--policy", "random", "--oracle", "--format", "CSV"));
        List<String> lines = run.output.toString().lines().toList();
        assertEquals(String.join(",", row.propertyNames()), lines.get(0));
        List<String> cells = row.values().stream().map(JsonNode::asString).toList();
        assertEquals(String.join(",", cells), lines.get(1));
        assertTrue(row.get("percent_of_oracle").doubleValue() < 100);
    }

    @Test
    void maxPlaybacksCutsSessions() {
        assertEquals(
                0, simulate("--sessions", "100", "--policy", "random", "--max-playbacks", "3", "--format", "JSON"));
        assertEquals(3, run.json().get(0).get("mean_tracks_per_session").doubleValue(), 1e-12);
    }

    @Test
    void oracleCutsSessionsAtFiftyPlaybacks() {
        String[] oracle = {"--sessions", "30", "--policy", "random", "--oracle", "--format", "JSON"};
        assertEquals(0, simulate(oracle));
        JsonNode byDefault = run.json().get(0);
        assertEquals(byDefault, cutAt(50, oracle));
        assertTrue(!byDefault.equals(cutAt(49, oracle)) && !byDefault.equals(cutAt(51, oracle)));
    }

    private JsonNode cutAt(int playbacks, String... arguments) {
        run.output.getBuffer().setLength(0);
        String[] cut = Stream.concat(Stream.of(arguments), Stream.of("--max-playbacks", "" + playbacks))
                .toArray(String[]::new);
        assertEquals(0, simulate(cut));
        return run.json().get(0);
    }

    @Test
    void pairedArmsAreComparedListenerByListener() {
        assertEquals(0, simulate("--sessions", "200", "--policy", "random,top-pop", "--paired"));
        assertTrue(run.output.toString().contains("top-pop against random: time/session "), run.output.toString());
        assertTrue(run.output.toString().contains("sessions saved"), run.output.toString());
    }

    @Test
    void aConfigurationsArmsCanBePairedToo() throws IOException {
        Path config = CommandRun.configure(world, directory);
        String text = Files.readString(config);
        Files.writeString(config, text.substring(0, text.lastIndexOf('}')) + """
                        ,"recommenders":{"top":{"type":"sticky-artist"},"any":{"type":"random"}},
                        "experiments":[{"name":"E","arms":{"C":"any","T1":"top"},"weights":{"C":1,"T1":3},"serves":true}]}
                        """);
        assertEquals(0, simulate("--sessions", "400", "--config", "" + config, "--paired", "--format", "JSON"));
        JsonNode arms = run.json();
        assertEquals(2, arms.size(), "no arm of listeners outside: " + arms);
        assertEquals("T1", arms.get(1).get("arm").stringValue());
        assertEquals(400, arms.get(0).get("sessions").intValue(), "all listeners are in both arms");
        assertEquals(400, arms.get(1).get("sessions").intValue());
        assertTrue(arms.get(1).get("difference").doubleValue() != 0, "and the arms differ");
    }

    @Test
    void configurationsArmsCanBeSimulated() throws IOException {
        Path config = CommandRun.configure(world, directory);
        assertEquals(0, simulate("--sessions", "200", "--config", config.toString(), "--format", "JSON"));
        JsonNode rows = run.json();
        assertEquals("C", rows.get(0).get("arm").asString());
        assertEquals("T1", rows.get(1).get("arm").asString());
        assertEquals(
                200,
                rows.get(0).get("sessions").intValue()
                        + rows.get(1).get("sessions").intValue());
        assertFalse(Files.exists(directory.resolve("log.json")));
    }

    @Test
    void catalogsOfAnotherWorldAreRefused() throws IOException {
        Path other = directory.resolve("other");
        CommandRun.makeWorld(other, 800, 10);
        Path config = CommandRun.configure(other, directory);
        assertEquals(1, simulate("--config", "" + config));
        run.assertOneLineOfError("of their 800 tracks, 0 are not among its 1000, and 7");
        String[] larger = {"--world", "" + other, "--config", "" + CommandRun.configure(world, directory)};
        var reversed = new CommandRun();
        assertEquals(1, reversed.of(List.of("simulate"), larger));
        reversed.assertOneLineOfError("of their 1000 tracks, 200 are not among its 800");
    }

    /** Such as the released ones. */
    @Test
    void catalogsMayHaveASubsetOfTheWorldsTracks() throws IOException {
        Path some = Files.createDirectories(directory.resolve("some"));
        for (String file : List.of("tracks_with_recs.json", "RecSystracks_with_recs.json")) {
            Files.write(
                    some.resolve(file), Files.readAllLines(world.resolve(file)).subList(100, 400));
        }
        Path config = CommandRun.configure(some, directory);
        assertEquals(0, simulate("--config", "" + config, "--sessions", "50"), run.errors::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sessions 0|--sessions must be 1 to 1000000000000",
                "--sessions 99999999999999999|--sessions must be 1 to 1000000000000",
                "--threads 0|--threads must be 1 or more",
                "--start +999999999-01-01T00:00:00Z|--start must be in the years 1970 to 2999",
                "--max-playbacks 1|--max-playbacks must be 2 or more",
                "--paired --log x.json|leave out --log",
                "--paired --days 2|leave out --log and --days",
                "--policy random,random|names a recommender twice",
                "--days 0|--days must be 1 or more",
                "--new-tracks 0.1|--new-tracks needs --days",
                "--leave 0.5|--leave needs --days",
                "--return-hours 3|--return-hours needs --days",
                "--new-listeners 0|--new-listeners needs --days",
                "--days 2 --sessions 5|--sessions and --days exclude each other",
                "--days 3 --new-tracks 0.3|--new-tracks 0.3 is too much for 3 days; at most 0.25 leaves half",
                "--days 60 --new-listeners 0.01|--new-listeners 0.01 is too much for 60 days; at most 0.008474",
                "--days 2 --new-listeners -1|--new-listeners must be 0 or more",
                "--days 2 --new-tracks -1|--new-tracks must be 0 or more",
                "--rate 5|--rate needs --url",
                "--concurrency 5|--concurrency needs --url",
                "--warm-up 5|--warm-up needs --url",
                "--timeout-ms 5|--timeout-ms needs --url",
                "--url http://localhost:1 --threads 2|--threads is for simulations in process",
                "--config c.json --split SESSION|--split is for --policy without --paired",
                "--paired --split SESSION|--split is for --policy without --paired",
                "--days 2 --released x.json|--released needs --new-tracks",
                "--config c.json --policy random|exclude each other",
                "--format XML|--format",
                "--start yesterday|--start"
            })
    void wrongArgumentsAreReportedInOneLine(String arguments, String message) {
        assertEquals(2, simulate(arguments.split(" ")));
        run.assertOneLineOfError(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "popular|\"popular\" is not a policy; policies are ",
                "top-pop:many|\"many\" is not a number of tracks",
                "random:3|policy random:3: ",
                "top-pop:0|policy top-pop:0: "
            })
    void unknownPolicyIsReportedWithTheKnownOnes(String policy, String message) {
        assertEquals(1, simulate("--policy", policy));
        run.assertOneLineOfError(message);
    }

    @Test
    void existingLogIsNotOverwritten() throws IOException {
        Path log = Files.writeString(directory.resolve("log.json"), "precious");
        assertEquals(1, simulate("--log", log.toString()));
        run.assertOneLineOfError("log.json already exists");
        assertEquals("precious", Files.readString(log));
    }

    private int simulate(String... arguments) {
        return run.of(List.of("simulate", "--world", world.toString()), arguments);
    }
}
