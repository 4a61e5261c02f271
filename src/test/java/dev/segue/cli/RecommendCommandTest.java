package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.Configuration;
import dev.segue.http.SegueServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of tracks whose neighbours are in a fixed order. */
class RecommendCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        var tracks = new StringBuilder();
        for (int track = 0; track < 20; track++) {
            tracks.append("{\"track\":")
                    .append(track)
                    .append(",\"artist\":\"A")
                    .append(track % 4)
                    .append("\",\"title\":\"T\",")
                    .append("\"recommendations\":[");
            for (int i = 1; i <= 5; i++) {
                tracks.append(i > 1 ? "," : "").append((track + i) % 20);
            }
            tracks.append("],\"scores\":[9,8,7,6,5]}\n");
        }
        Files.writeString(folder.resolve("tracks.json"), tracks);
        Files.writeString(folder.resolve("log.json"), """
                {"message":"start","timestamp":1700000000000,"user":1,"recommendation":3,"experiments":{"E":"C"}}
                {"message":"next","timestamp":1700000001000,"user":1,"track":3,"time":1,"recommendation":4,"experiments":{"E":"C"}}
                {"message":"start","timestamp":1700000002000,"user":"ann","recommendation":7,"experiments":{"E":"C"}}
                {"message":"last","timestamp":1700000003000,"user":"ann","track":7,"time":0.5,"experiments":{"E":"C"}}
                {"message":"next","timestamp":1700000004000,"user":1,"track":10,"time":1,"recommendation":4,"experiments":{"E":"C"}}
                """);
        config = Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json", "DATA_LOG_FILE": "log.json", "rules": ["no-repeat"],
                 "recommenders": {"best": {"type": "contextual", "best": 1}},
                 "experiments": [{"name": "E", "arms": {"C": "best"}, "serves": true}]}
                """);
    }

    private int of(Object... options) {
        run.errors.getBuffer().setLength(0);
        return run.of(
                List.of("recommend"),
                java.util.Arrays.stream(options).map(String::valueOf).toArray(String[]::new));
    }

    private List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    @Test
    void aListContinuesTheLatestSessionOfEachListener() throws Exception {
        Path out = folder.resolve("lists.json");
        assertEquals(0, of("--config", config, "--count", "3", "--out", out), run.errors.toString());
        assertEquals(
                List.of("{\"user\":1,\"tracks\":[11,12,13]}", "{\"user\":\"ann\",\"tracks\":[8,9,10]}"), lines(out));
        assertTrue(run.output.toString().contains("lists of 2 listeners"), run.output.toString());
        assertEquals(5, lines(folder.resolve("log.json")).size(), "nothing is logged");
        assertFalse(Files.exists(folder.resolve("state")));
    }

    @Test
    void theListIsThatOfAServer() throws Exception {
        Path out = folder.resolve("lists.json");
        of("--config", config, "--count", "10", "--out", out);
        JsonNode list = JSON.readTree(lines(out).get(0)).get("tracks");
        try (SegueServer server = SegueServer.start(Configuration.load(
                config,
                Map.of(),
                Map.of(
                        "server.port",
                        "0",
                        "DATA_LOG_FILE",
                        folder.resolve("other.json").toString())))) {
            var request = HttpRequest.newBuilder(server.uri().resolve("/next_track"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"user\":1,\"count\":10,\"dry_run\":true,"
                            + "\"session\":[{\"track\":3,\"time\":1},{\"track\":10,\"time\":1}]}"))
                    .build();
            var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            JsonNode tracks = JSON.readTree(response.body()).get("tracks");
            for (int i = 0; i < 5; i++) { // the neighbours; the others are drawn
                assertEquals(tracks.get(i), list.get(i), response.body());
            }
        }
    }

    @Test
    void eventsOutsideASessionDoNotChangeIt() throws Exception {
        Files.writeString(folder.resolve("log.json"), """
                {"message":"start","timestamp":1700000000000,"user":1,"recommendation":3,"experiments":{},"v":1,"session":3,"seq":1,"generation":"a"}
                {"message":"next","timestamp":1700000001000,"user":1,"track":11,"time":1,"recommendation":4,"experiments":{},"v":1,"session":3,"seq":2,"generation":"a"}
                {"message":"start","timestamp":1700000002000,"user":1,"recommendation":null,"experiments":{},"v":1,"session":0,"seq":0,"generation":"a"}
                {"message":"next","timestamp":1700000002001,"user":1,"track":19,"time":1,"recommendation":null,"experiments":{},"v":1,"session":0,"seq":0,"generation":"a","request_id":"play:1"}
                {"message":"next","timestamp":1700000003000,"user":1,"track":10,"time":1,"recommendation":4,"experiments":{},"v":1,"session":3,"seq":3,"generation":"a"}
                """);
        Path out = folder.resolve("lists.json");
        assertEquals(0, of("--config", config, "--count", "3", "--out", out), run.errors.toString());
        assertEquals(List.of("{\"user\":1,\"tracks\":[12,13,14]}"), lines(out), "11 was played before 10");
    }

    @Test
    void sessionsOfTwoLogsMayHaveTheSameNumber() throws Exception {
        Path imported = Files.writeString(folder.resolve("imported.json"), """
                {"message":"next","timestamp":1600000000000,"user":1,"track":1,"time":1,"recommendation":null,"experiments":{},"v":1,"session":1,"seq":1}
                {"message":"next","timestamp":1600000001000,"user":1,"track":2,"time":1,"recommendation":null,"experiments":{},"v":1,"session":1,"seq":2}
                """);
        Path live = Files.writeString(folder.resolve("live.json"), """
                {"message":"next","timestamp":1700000000000,"user":1,"track":10,"time":1,"recommendation":null,"experiments":{},"v":1,"session":1,"seq":1}
                """);
        Path out = folder.resolve("lists.json");
        assertEquals(
                0,
                of("--config", config, "--count", "3", "--out", out, "--log", imported, live),
                run.errors.toString());
        assertEquals(List.of("{\"user\":1,\"tracks\":[11,12,13]}"), lines(out));
    }

    @Test
    void theSameCommandWritesTheSameLists() throws Exception {
        Files.writeString(config, Files.readString(config).replace(", \"best\": 1", ""));
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        assertEquals(0, of("--config", config, "--count", "20", "--out", first), run.errors.toString());
        assertEquals(0, of("--config", config, "--count", "20", "--out", second), run.errors.toString());
        assertEquals(lines(first), lines(second));
    }

    @Test
    void bansAndWithdrawnTracksAreLeftOut() throws Exception {
        Files.createDirectory(folder.resolve("state"));
        Files.writeString(
                folder.resolve("state/feedback.jsonl"),
                "{\"timestamp\":1,\"user\":\"ann\",\"track\":8,\"feedback\":\"ban\"}\n");
        Files.writeString(
                folder.resolve("state/withdrawn.jsonl"), "{\"timestamp\":1,\"track\":12,\"withdrawn\":true}\n");
        Path out = folder.resolve("lists.json");
        assertEquals(0, of("--config", config, "--count", "3", "--out", out), run.errors.toString());
        assertEquals(
                List.of("{\"user\":1,\"tracks\":[11,13,14]}", "{\"user\":\"ann\",\"tracks\":[9,10,11]}"), lines(out));
    }

    @Test
    void listenersOfAFileNeedNoLog() throws Exception {
        Files.delete(folder.resolve("log.json"));
        Path out = folder.resolve("lists.json.gz");
        Path listeners = Files.writeString(folder.resolve("listeners.txt"), "7\n\"bob\"\n");
        assertEquals(
                0,
                of("--config", config, "--listeners", listeners, "--count", "20", "--out", out),
                run.errors.toString());
        var lists = dev.segue.file.InputFile.open(out);
        try (lists) {
            List<String> lines = new String(lists.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertEquals(2, lines.size());
            assertEquals(20, JSON.readTree(lines.get(1)).get("tracks").size());
        }
    }

    @Test
    void parquetHasTypedColumns() throws Exception {
        Path out = folder.resolve("lists.parquet");
        assertEquals(0, of("--config", config, "--count", "3", "--out", out), run.errors.toString());
        assertEquals("1 [11, 12, 13] VARCHAR INTEGER[]; ann [8, 9, 10] VARCHAR INTEGER[]; ", parquet(out));
        Path listeners = Files.writeString(folder.resolve("listeners.txt"), "1\n");
        of("--config", config, "--listeners", listeners, "--count", "3", "--out", out);
        assertEquals("1 [11, 12, 13] BIGINT INTEGER[]; ", parquet(out));
        try (var files = Files.list(folder)) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".tmp")));
        }
    }

    private static String parquet(Path file) throws Exception {
        var rows = new StringBuilder();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select \"user\", tracks::varchar, typeof(\"user\"), typeof(tracks) from '" + file + "'")) {
            while (result.next()) {
                rows.append(result.getString(1))
                        .append(' ')
                        .append(result.getString(2))
                        .append(' ')
                        .append(result.getString(3))
                        .append(' ')
                        .append(result.getString(4))
                        .append("; ");
            }
        }
        return rows.toString();
    }

    @Test
    void mistakesAreExplained() throws Exception {
        Path out = folder.resolve("lists.json");
        assertNotEquals(0, of("--config", config, "--count", "0", "--out", out));
        assertTrue(run.errors.toString().contains("--count must be from 1 to 1000, not 0"), run.errors.toString());
        Path listeners = Files.writeString(folder.resolve("listeners.txt"), "ann\n");
        assertNotEquals(0, of("--config", config, "--listeners", listeners, "--out", out));
        assertTrue(
                run.errors.toString().contains("each line must be a listener's id, a JSON number or string"),
                run.errors.toString());
        Files.delete(folder.resolve("log.json"));
        assertNotEquals(0, of("--config", config, "--out", out));
        assertTrue(run.errors.toString().contains("there is no log"), run.errors.toString());
        assertFalse(Files.exists(out));
    }
}
