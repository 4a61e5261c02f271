package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.Event;
import dev.segue.event.EventReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {

    @TempDir
    private static Path world;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeWorld() {
        assertEquals(
                0,
                Segue.commandLine()
                        .setOut(new PrintWriter(new StringWriter()))
                        .execute("world", "--tracks", "1000", "--users", "60", "--out", world.toString()));
    }

    @Test
    void printsEachPolicysMeansWithStandardErrors() {
        assertEquals(0, simulate("--sessions", "600"));
        List<String> lines = output.toString().lines().toList();
        assertEquals(4, lines.size(), output.toString());
        assertTrue(lines.get(1).matches("random +[0-9]+ +[0-9]+ +[0-9.]+ ± [0-9.]+ +[0-9.]+ ± [0-9.]+"), lines.get(1));
        assertTrue(lines.get(2).startsWith("sticky-artist "));
        assertTrue(lines.get(3).startsWith("top-pop "));
        assertTrue(errors.toString().startsWith("600 of 600 sessions in "), errors.toString());
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
                assertEquals(0, event.latencyNanos());
                var origin = event.origin();
                if (origin == null) {
                    ends.merge(arm, 1, Integer::sum);
                } else {
                    assertEquals(arm, origin.recommender());
                    popular.computeIfAbsent(arm, key -> new TreeSet<>()).add(event.recommendation());
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
        for (JsonNode row : new JsonMapper().readTree(output.toString())) {
            assertTrue(row.get("listeners").intValue() > 40, row.toString());
            assertTrue(row.get("sessions").intValue() > 120, row.toString());
        }
    }

    @Test
    void jsonAndCsvCarryTheSameFigures() {
        assertEquals(0, simulate("--sessions", "100", "--policy", "random", "--oracle", "--format", "JSON"));
        JsonNode row = new JsonMapper().readTree(output.toString()).get(0);
        output.getBuffer().setLength(0);
        assertEquals(0, simulate("--sessions", "100", "--policy", "random", "--oracle", "--format", "CSV"));
        List<String> lines = output.toString().lines().toList();
        assertEquals(String.join(",", row.propertyNames()), lines.get(0));
        List<String> cells = row.values().stream().map(JsonNode::asString).toList();
        assertEquals(String.join(",", cells), lines.get(1));
        assertTrue(row.get("percent_of_oracle").doubleValue() < 100);
    }

    @Test
    void pairedArmsAreComparedListenerByListener() {
        assertEquals(0, simulate("--sessions", "200", "--policy", "random,top-pop", "--paired"));
        assertTrue(output.toString().contains("top-pop against random: time/session "), output.toString());
        assertTrue(output.toString().contains("sessions saved"), output.toString());
    }

    @Test
    void configurationsArmsCanBeSimulated() throws IOException {
        Path config = directory.resolve("config.json");
        Files.writeString(
                config,
                new JsonMapper()
                        .writeValueAsString(Map.of(
                                "TRACKS_CATALOG",
                                        world.resolve("tracks_with_recs.json").toString(),
                                "TRACKS_CATALOG_NN",
                                        world.resolve("RecSystracks_with_recs.json")
                                                .toString(),
                                "DATA_LOG_FILE", directory.resolve("never.json").toString())));
        assertEquals(0, simulate("--sessions", "200", "--config", config.toString(), "--format", "JSON"));
        JsonNode rows = new JsonMapper().readTree(output.toString());
        assertEquals("C", rows.get(0).get("arm").asString());
        assertEquals("T1", rows.get(1).get("arm").asString());
        assertEquals(
                200,
                rows.get(0).get("sessions").intValue()
                        + rows.get(1).get("sessions").intValue());
        assertFalse(Files.exists(directory.resolve("never.json")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sessions 0|--sessions and --threads must be 1 or more",
                "--threads 0|--sessions and --threads must be 1 or more",
                "--max-playbacks 1|--max-playbacks must be 2 or more",
                "--paired --log x.json|--paired writes no log",
                "--config c.json --policy random|exclude each other",
                "--format XML|--format",
                "--start yesterday|--start"
            })
    void wrongArgumentsAreToldInOneLine(String arguments, String message) {
        assertEquals(2, simulate(arguments.split(" ")));
        assertOneLine(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "popular|\"popular\" is no policy; there are: ",
                "top-pop:many|\"many\" is no number of tracks",
                "random:3|policy random:3: ",
                "top-pop:0|policy top-pop:0: "
            })
    void unknownPolicyIsToldWithThoseThereAre(String policy, String message) {
        assertEquals(1, simulate("--policy", policy));
        assertOneLine(message);
    }

    @Test
    void existingLogIsNotOverwritten() throws IOException {
        Path log = Files.writeString(directory.resolve("log.json"), "precious");
        assertEquals(1, simulate("--log", log.toString()));
        assertOneLine("log.json is there already");
        assertEquals("precious", Files.readString(log));
    }

    private void assertOneLine(String message) {
        assertTrue(errors.toString().contains(message), errors.toString());
        assertEquals(1, errors.toString().lines().count(), errors.toString());
        assertEquals("", output.toString());
    }

    private int simulate(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "simulate";
        all[1] = "--world";
        all[2] = world.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Segue.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(all);
    }
}
