package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.config.Configuration;
import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.http.SegueServer;
import dev.segue.play.Event;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listens that a ListenBrainz client reports, and the same listens of an export, are plays of the same tracks. */
@Timeout(120)
class ReportedAndImportedTest {

    private static final Path EXPORT = Path.of("src/test/resources/dev/segue/importing/listenbrainz-export.jsonl");

    @TempDir
    private Path folder;

    @Test
    void reportedListensHaveTheTracksAndSharesOfImportedOnes() throws Exception {
        var run = new CommandRun();
        Path out = folder.resolve("music");
        assertEquals(0, run.of(List.of("import", "" + EXPORT, "--out", "" + out)), run.errors::toString);
        List<String> imported = plays(out.resolve("log.jsonl.gz"));
        assertEquals(Files.readAllLines(EXPORT).size(), imported.size());
        report(out, out.resolve("reported.json"));
        assertEquals(imported, plays(out.resolve("reported.json")));
    }

    /** Without the catalog, the plays have the same ids too. */
    @Test
    void unknownTracksHaveTheIdsOfImports() throws Exception {
        var run = new CommandRun();
        Path out = folder.resolve("music");
        assertEquals(0, run.of(List.of("import", "" + EXPORT, "--out", "" + out)), run.errors::toString);
        List<String> imported = plays(out.resolve("log.jsonl.gz"));
        Files.writeString(out.resolve("tracks.json"), "{\"track\":0,\"artist\":\"A\",\"title\":\"B\"}\n");
        Files.writeString(out.resolve("top_tracks.json"), "[0]");
        report(out, out.resolve("reported.json"));
        assertEquals(imported, plays(out.resolve("reported.json")));
    }

    private static void report(Path music, Path log) throws Exception {
        String body = "{\"listen_type\":\"import\",\"payload\":[" + String.join(",", Files.readAllLines(EXPORT)) + "]}";
        Map<String, String> settings = Map.of(
                "server.port", "0",
                "server.log_wait_ms", "60000",
                "log.stalled_after_ms", "60000",
                "DATA_LOG_FILE", log.toString(),
                "adapters.listenbrainz_tokens", "{\"anna\":\"token\"}");
        try (SegueServer server =
                SegueServer.start(Configuration.load(music.resolve("config.json"), Map.of(), settings))) {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/1/submit-listens"))
                    .header("Authorization", "Token token")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
        }
    }

    private static List<String> plays(Path log) {
        List<String> plays = new ArrayList<>();
        try (EventReader reader = EventLogs.find(List.of(log.toString())).open()) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                if (event.playback() != null) {
                    plays.add(
                            event.playback().trackId() + " " + event.playback().time());
                }
            }
        }
        return plays;
    }
}
