package dev.segue.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogException;
import dev.segue.event.EventReader;
import dev.segue.play.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that all commands that read logs accept and refuse the same files and lines, with the same messages. */
class OneReaderTest {

    private static final int TRACKS = 500;

    private static final List<String> LINES = List.of(
            "{\"message\":\"next\",\"timestamp\":1795400000000,\"user\":1,\"track\":8,\"time\":0.5,\"latency\":0.001,"
                    + "\"recommendation\":48,\"experiments\":{\"NEXT_TRACK\":\"T1\"}}",
            "{\"message\":\"last\",\"timestamp\":1795400001000,\"user\":\"ann\",\"track\":9,\"time\":1.0,\"latency\":0.0,"
                    + "\"recommendation\":null,\"experiments\":{\"NEXT_TRACK\":\"C\"},\"v\":1,\"session\":1,\"seq\":2}",
            "{\"message\":\"next\",\"timestamp\":1795400002000,\"user\":3,\"track\":7,\"time\":0.25,\"latency\":0.0,"
                    + "\"recommendation\":5,\"experiments\":{\"NEXT_TRACK\":\"C\"},\"v\":1,\"session\":1,\"seq\":1,"
                    + "\"recommender\":\"indexed\",\"fallback\":0,\"propensity\":0.1,\"candidates\":10,\"generation\":\"g\","
                    + "\"request_id\":\"r\",\"recommendations\":[5,6],\"forced\":[\"NEXT_TRACK\"]}");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"7\"",
            "7.0",
            "7.5",
            "-1",
            "1e3",
            "0.0",
            "1.0000001",
            "1.7",
            "2.5",
            "[]",
            "{}",
            "\"\"",
            "NaN",
            "9223372036854775808",
            "1795400000",
            "\"T1\"",
            "{\"A\":\"C\",\"A\":\"C\"}",
            "[1,2]",
            "01",
            "\u0000");

    private static final Pattern VALUE = Pattern.compile(":(\"[^\"]*\"|[0-9.]+|null|\\{[^}]*}|\\[[^\\]]*])");

    @TempDir
    private static Path world;

    @TempDir
    private Path folder;

    private Path config;

    @BeforeAll
    static void makeWorld() {
        CommandRun.makeWorld(world, TRACKS, 20);
    }

    @BeforeEach
    void configure() throws IOException {
        config = CommandRun.configure(world, folder);
    }

    @ParameterizedTest
    @MethodSource("dev.segue.Cases#logs")
    void allCommandsReadOrRefuseAFile(Path file) {
        assertSameVerdict(verdict(file), file, List.of());
    }

    @Test
    void allCommandsReadOrRefuseAMutatedLine() throws IOException {
        var random = new Random(5);
        for (int i = 0; i < 40; i++) {
            Path file = Files.write(folder.resolve("log" + i + ".json"), lines(List.of(mutated(random))));
            assertSameVerdict(verdict(file), file, List.of());
        }
    }

    /** All lines are in one file, so that each command runs only once. */
    @Test
    void allCommandsSkipTheSameMutatedLines() throws IOException {
        var random = new Random(6);
        List<byte[]> mutated = new ArrayList<>();
        Path one = folder.resolve("one.json");
        int bad = 0;
        while (mutated.size() < 3_000) {
            byte[] line = mutated(random);
            Files.write(one, lines(List.of(line)));
            String verdict = verdict(one);
            if (!verdict.isEmpty() || isOfThisWorld(one)) {
                mutated.add(line);
                bad += verdict.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(bad > 1_000 && bad < 2_900, "neither all lines are bad nor none: " + bad);
        Path file = Files.write(folder.resolve("all.json"), lines(mutated));
        String summary = String.format("%,d bad lines skipped", bad);
        for (Map.Entry<String, List<String>> command : commands(file).entrySet()) {
            var run = new CommandRun();
            run.of(command.getValue(), "--skip-bad-lines");
            assertTrue(run.errors.toString().contains(summary), command.getKey() + ": " + summary + ": " + run.errors);
        }
    }

    private static boolean isOfThisWorld(Path file) {
        try (EventReader events = EventReader.open(file)) {
            for (Event event = events.next(); event != null; event = events.next()) {
                if (event.playback() != null
                        && (event.playback().track() < 0 || event.playback().track() >= TRACKS)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The reader's error message for a file; empty if it reads the file. */
    private static String verdict(Path file) {
        try (EventReader events = EventReader.open(file)) {
            Event event;
            do {
                event = events.next();
            } while (event != null);
            return "";
        } catch (EventLogException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void assertSameVerdict(String verdict, Path file, List<String> options) {
        commands(file).forEach((name, arguments) -> {
            var run = new CommandRun();
            int code = run.of(arguments, options.toArray(String[]::new));
            String errors = run.errors.toString();
            if (verdict.isEmpty()) {
                assertFalse(errors.contains(name + ": " + file), errors); // other faults do not begin with the file
            } else {
                assertEquals(1, code, name);
                assertTrue(errors.contains(name + ": " + verdict), name + ": " + verdict + "\n but: " + errors);
            }
            assertFalse(errors.contains("java.") || errors.contains("DuckDB"), errors);
        });
    }

    private Map<String, List<String>> commands(Path log) {
        String tracks = world.resolve("tracks.json").toString();
        String out = folder.resolve("out").toString();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("segue report", List.of("report", "--log", log.toString(), "--experiment", "NEXT_TRACK"));
        commands.put(
                "segue train",
                List.of(
                        "train",
                        "--log",
                        log.toString(),
                        "--catalog",
                        tracks,
                        "--out",
                        out,
                        "--model",
                        "contextual",
                        "--epochs",
                        "1",
                        "--dimensions",
                        "2"));
        commands.put("segue replay", List.of("replay", "--log", log.toString(), "--config", config.toString()));
        commands.put(
                "segue top-tracks",
                List.of("top-tracks", "--log", log.toString(), "--catalog", tracks, "--out", out + ".json"));
        commands.put("segue assignments", List.of("assignments", log.toString()));
        return commands;
    }

    /** A log of valid lines, with others between them. */
    private static byte[] lines(List<byte[]> others) {
        var log = new ByteArrayOutputStream();
        for (byte[] other : others) {
            log.writeBytes((LINES.get(0) + "\n").getBytes(UTF_8));
            log.writeBytes(other);
            log.writeBytes("\n".getBytes(UTF_8));
        }
        log.writeBytes((LINES.get(1) + "\n").getBytes(UTF_8));
        return log.toByteArray();
    }

    private static byte[] mutated(Random random) {
        String line = LINES.get(random.nextInt(LINES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> otherValue(line, random).getBytes(UTF_8);
            case 1 -> line.substring(0, 1 + random.nextInt(line.length() - 1)).getBytes(UTF_8);
            case 2 -> (line.substring(0, random.nextInt(line.length())) + line).getBytes(UTF_8);
            case 3 -> twice(line, random).getBytes(UTF_8);
            case 4 -> without(line, random).getBytes(UTF_8);
            default -> otherByte(line.getBytes(UTF_8), random);
        };
    }

    private static String otherValue(String line, Random random) {
        var values = VALUE.matcher(line).results().toList();
        var value = values.get(random.nextInt(values.size()));
        return line.substring(0, value.start(1))
                + VALUES.get(random.nextInt(VALUES.size()))
                + line.substring(value.end(1));
    }

    private static String twice(String line, Random random) {
        String[] fields = line.substring(1).split(",", -1);
        return "{" + fields[random.nextInt(fields.length - 1)] + "," + line.substring(1);
    }

    private static String without(String line, Random random) {
        List<String> fields = new ArrayList<>(
                Arrays.asList(line.substring(1, line.length() - 1).split(",", -1)));
        fields.remove(random.nextInt(fields.size()));
        return "{" + String.join(",", fields) + "}";
    }

    private static byte[] otherByte(byte[] line, Random random) {
        byte[] words = "{}[]\":,.-+eE019 \\tnu\u0000\u00ff\r".getBytes(ISO_8859_1);
        line[random.nextInt(line.length)] = words[random.nextInt(words.length)];
        return line;
    }
}
