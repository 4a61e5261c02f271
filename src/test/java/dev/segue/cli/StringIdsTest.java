package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.InputFile;
import dev.segue.http.SegueServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every command has the same result for a world whose tracks are named by strings as for the same world with integers: the same file
 * but for the ids.
 */
class StringIdsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TRACKS = 300;
    private static final Set<String> IDS = Set.of("track", "recommendation");
    private static final Set<String> LISTS = Set.of("recommendations", "tracks");

    @TempDir
    private static Path folder;

    private static Path integers;
    private static Path strings;

    @BeforeAll
    static void makeWorlds() throws IOException {
        integers = Files.createDirectory(folder.resolve("integers"));
        strings = Files.createDirectory(folder.resolve("strings"));
        CommandRun.makeWorld(integers, TRACKS, 30);
        try (var files = Files.list(integers)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.matches("(.*tracks.*|recommendations_ub)\\.json")) {
                    Files.write(strings.resolve(name), named(lines(file)));
                } else {
                    Files.copy(file, strings.resolve(name));
                }
            }
        }
        for (Path world : List.of(integers, strings)) {
            CommandRun.simulateRandom(world, 3000, world.resolve("log.json.gz"));
        }
    }

    /** The string id of an integer. Their orders differ, and they need escapes. */
    private static String name(int track) {
        return "track \"" + track * 7919 % 1000 + "\" é" + track;
    }

    private static List<String> lines(Path file) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(InputFile.open(file), UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static List<String> named(List<String> lines) {
        return lines.stream().map(line -> named(JSON.readTree(line)).toString()).toList();
    }

    private static JsonNode named(JsonNode line) {
        if (line instanceof ArrayNode ids) {
            return names(ids);
        }
        var members = (ObjectNode) line;
        for (String name : List.copyOf(members.propertyNames())) {
            JsonNode value = members.get(name);
            if (IDS.contains(name) && value.isInt()) {
                members.put(name, name(value.intValue()));
            } else if (LISTS.contains(name)) {
                members.set(name, names((ArrayNode) value));
            }
        }
        return members;
    }

    private static ArrayNode names(ArrayNode ids) {
        ArrayNode names = JSON.createArrayNode();
        ids.forEach(id -> names.add(name(id.intValue())));
        return names;
    }

    private static CommandRun run(List<String> command, String... options) {
        var run = new CommandRun();
        assertEquals(0, run.of(command, options), run.errors::toString);
        return run;
    }

    private void assertSameButForIds(String name) throws IOException {
        assertSame(named(lines(integers.resolve(name))), lines(strings.resolve(name)));
    }

    /** Compares lines of JSON, without the generation, which is a checksum of files. */
    private static void assertSame(List<String> expected, List<String> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(withoutGeneration(expected.get(i)), withoutGeneration(actual.get(i)));
        }
    }

    private static String withoutGeneration(String line) {
        return JSON.readTree(line) instanceof ObjectNode members
                ? members.without("generation").toString()
                : JSON.readTree(line).toString();
    }

    @Test
    void aSimulatedLogHasTheStrings() throws IOException {
        assertSameButForIds("log.json.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "contextual", "session"})
    void aModelHasTheSameMatricesAndListsOfIts(String model) throws IOException {
        for (Path world : List.of(integers, strings)) {
            List<String> options = new ArrayList<>(List.of(
                    "--log",
                    "" + world.resolve("log.json.gz"),
                    "--catalog",
                    "" + world.resolve("tracks.json"),
                    "--model",
                    model));
            options.addAll(List.of("--out", "" + world.resolve(model), "--dimensions", "4", "--accept"));
            if (!model.equals("session")) {
                options.addAll(List.of("--epochs", "2", "--threads", "1"));
            }
            run(List.of("train"), options.toArray(String[]::new));
        }
        assertArrayEquals(
                Files.readAllBytes(integers.resolve(model).resolve("track.npy")),
                Files.readAllBytes(strings.resolve(model).resolve("track.npy")));
        List<String> ids = lines(strings.resolve(model).resolve("track_ids.json"));
        assertEquals(TRACKS, ids.size());
        assertEquals(name(7), JSON.readTree(ids.get(7)).asString());
        assertTrue(Files.notExists(integers.resolve(model).resolve("track_ids.json")));
        if (!model.equals("session")) {
            neighboursAreTheSame(model);
        }
        if (model.equals("new")) {
            for (Path world : List.of(integers, strings)) {
                run(
                        List.of("listener-lists"),
                        "--accept",
                        "--model",
                        "" + world.resolve(model),
                        "--out",
                        "" + world.resolve("lists.json"));
            }
            assertSameButForIds("lists.json");
        }
        servingIsTheSame(model);
    }

    private void neighboursAreTheSame(String model) throws IOException {
        for (String file : List.of("neighbours.json", "neighbours.npy")) {
            for (Path world : List.of(integers, strings)) {
                run(
                        List.of("neighbours"),
                        "--model",
                        "" + world.resolve(model),
                        "--catalog",
                        "" + world.resolve("tracks.json"),
                        "--scores",
                        "--accept",
                        "--out",
                        "" + world.resolve(file));
            }
        }
        assertSameButForIds("neighbours.json");
        for (String file : List.of("neighbours.npy", "neighbours.scores.npy")) {
            assertArrayEquals(Files.readAllBytes(integers.resolve(file)), Files.readAllBytes(strings.resolve(file)));
        }
    }

    /** The recommender of a model by lines and by matrices, under rules, in process: the same sessions. */
    private void servingIsTheSame(String model) throws IOException {
        for (Path world : List.of(integers, strings)) {
            boolean hasNeighbours = Files.exists(world.resolve("neighbours.npy"));
            Path config =
                    Files.writeString(world.resolve("config.json"), JSON.writeValueAsString(JSON.readTree("""
                    {"TRACKS_METADATA": "tracks.json", "TRACKS_CATALOG": "%1$s", "TRACKS_CATALOG_NN": "%1$s",
                     "recommenders": {"model": {"type": "%2$s", "model": "%2$s"}},
                     "experiments": [{"name": "E", "arms": {"C": "model"}, "serves": true}],
                     "rules": ["no-repeat", "skip-memory", "artist-spacing"]}
                    """.formatted(
                                    hasNeighbours ? "neighbours.npy" : "tracks_with_recs.json", model))));
            run(
                    List.of("simulate"),
                    "--world",
                    "" + world,
                    "--config",
                    "" + config,
                    "--sessions",
                    "200",
                    "--log",
                    "" + world.resolve(model + ".log.json"));
        }
        assertSameButForIds(model + ".log.json");
    }

    @Test
    void topTracksAreTheSame() throws IOException {
        for (Path world : List.of(integers, strings)) {
            run(
                    List.of("top-tracks"),
                    "--log",
                    "" + world.resolve("log.json.gz"),
                    "--catalog",
                    "" + world.resolve("tracks.json"),
                    "--out",
                    "" + world.resolve("top.json"));
        }
        assertSameButForIds("top.json");
    }

    @Test
    void aLogOfAnotherCatalogIsReported() throws IOException {
        var run = new CommandRun();
        assertEquals(
                1,
                run.of(
                        List.of("top-tracks"),
                        "--log",
                        "" + strings.resolve("log.json.gz"),
                        "--catalog",
                        "" + integers.resolve("tracks.json"),
                        "--out",
                        "" + folder.resolve("none.json")));
        assertTrue(run.errors.toString().contains("the log names track track \""), run.errors::toString);
    }

    @Test
    void reportAndReplayHaveTheSameFigures() throws IOException {
        List<String> outputs = new ArrayList<>();
        for (Path world : List.of(integers, strings)) {
            Path log = world.resolve("experiment.json");
            run(
                    List.of("simulate"),
                    "--world",
                    "" + world,
                    "--policy",
                    "random,contextual",
                    "--sessions",
                    "500",
                    "--log",
                    "" + log);
            String report = run(
                            List.of("report"),
                            "--log",
                            "" + log,
                            "--catalog",
                            "" + world.resolve("tracks.json"),
                            "--format",
                            "json")
                    .output
                    .toString();
            String replay = run(
                            List.of("replay"),
                            "--log",
                            "" + log,
                            "--config",
                            "" + CommandRun.configure(world, Files.createDirectory(world.resolve("replay"))),
                            "--format",
                            "json")
                    .output
                    .toString();
            outputs.add((report + replay)
                    .replaceAll("\"(generation|seconds|\\w*_second|[\\w.]*_us|file|log)\" ?: ?[^,\n]*", ""));
        }
        List<String> expected = outputs.get(0).lines().toList();
        List<String> actual = outputs.get(1).lines().toList();
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(
                    expected.get(i).replace(integers.toString(), ""),
                    actual.get(i).replace(strings.toString(), ""));
        }
        assertEquals(expected.size(), actual.size());
    }

    @Test
    void aServerIsSimulatedOverHttp() throws IOException {
        Path config = CommandRun.configure(strings, Files.createDirectory(folder.resolve("server")));
        try (SegueServer server = CommandRun.serve(config)) {
            CommandRun run = run(
                    List.of("simulate"),
                    "--world",
                    "" + strings,
                    "--url",
                    "" + server.uri(),
                    "--sessions",
                    "50",
                    "--format",
                    "json");
            assertTrue(run.output.toString().contains("server"), run.output::toString);
        }
        List<String> log = lines(folder.resolve("server/log.json"));
        assertTrue(log.size() > 100, () -> log.size() + " lines");
        log.forEach(line -> assertTrue(JSON.readTree(line).get("track").isString(), line));
    }
}
