package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogs;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.http.SegueServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports, and uses the folder by other commands. */
class ImportCommandTest {

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();
    private Path csv;
    private Path out;

    @BeforeEach
    void makeFile() throws IOException {
        out = folder.resolve("music");
        var lines = new StringBuilder("user_id,track_id,artist,title,ms_played,duration_ms,played_at\n");
        for (int listener = 1; listener <= 20; listener++) {
            for (int play = 0; play < 5; play++) {
                int track = (listener + play) % 7;
                lines.append("%d,%d,Artist %d,Title %d,%d,200000,2026-01-05T08:%02d:00Z%n"
                        .formatted(listener, track, track / 2, track, play % 2 == 0 ? 200_000 : 50_000, 4 * play));
            }
        }
        csv = Files.writeString(folder.resolve("plays.csv"), lines);
    }

    private int importCsv(String... options) {
        return run.of(List.of("import", "" + csv, "--out", "" + out), options);
    }

    @Test
    void theFolderIsServed() throws Exception {
        assertEquals(0, importCsv(), run.errors::toString);
        try (SegueServer server = CommandRun.serve(out.resolve("config.json"))) {
            String uri = server.uri() + "next_track?user=99&track=3&time=1.0&explain=true";
            String response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                    .body();
            assertTrue(response.contains("\"recommender\":\"session-knn\""), response);
        }
        assertTrue(Files.exists(out.resolve("log/data.json")));
    }

    @Test
    void theSessionsAreReadByOtherCommands() {
        assertEquals(0, importCsv(), run.errors::toString);
        List<Session> sessions = new ArrayList<>();
        var logs = EventLogs.find(List.of(out.resolve("log.jsonl.gz").toString()));
        try (var reader = new SessionReader(logs.open(), SessionRule.DEFAULT)) {
            for (Session session = reader.next(); session != null; session = reader.next()) {
                sessions.add(session);
            }
            assertEquals(new SessionReader.Counts(120, 20, 0, 0, 0, 0, 0), reader.counts());
        }
        assertEquals(20, sessions.size());
        assertTrue(sessions.stream().allMatch(session -> session.playbacks().size() == 5));
        assertEquals(0.25, sessions.get(0).playbacks().get(1).time());
    }

    @Test
    void theLogSuitsItsCatalog() throws IOException {
        assertEquals(0, importCsv(), run.errors::toString);
        Path top = folder.resolve("top.json");
        var topTracks = new CommandRun();
        assertEquals(
                0,
                topTracks.of(
                        List.of("top-tracks", "--log", "" + out.resolve("log.jsonl.gz")),
                        "--catalog",
                        "" + out.resolve("tracks.json"),
                        "--out",
                        "" + top),
                topTracks.errors::toString);
        assertTrue(topTracks.output.toString().startsWith("7 tracks by 100 playbacks"), topTracks.output::toString);
    }

    @Test
    void theTableCountsRowsByReason() throws IOException {
        Files.writeString(csv, Files.readString(csv) + "1,2,A,T,1,2,never\n1,2,A,T,1,2,1970-01-01T00:00:00Z\n");
        assertEquals(0, importCsv(), run.errors::toString);
        String table = run.output.toString();
        assertTrue(table.contains("rows read                       102\n"), table);
        assertTrue(table.contains("rows taken                      100\n"), table);
        assertTrue(table.contains("rows left out                     2\n"), table);
        assertTrue(
                table.contains(
                        "             1  the timestamp is not understood; write ISO 8601, as in 2026-01-31T12:00:00Z,"
                                + " or a number since 1970\n                such as " + csv + ":102 (never)\n"),
                table);
        assertTrue(table.contains("           100  played time / duration of the row\n"), table);
        assertTrue(
                table.contains("listeners: 20, tracks: 7, sessions: 20, from 2026-01-05 to 2026-01-05, in " + out),
                table);
        Path config = out.resolve("config.json");
        assertTrue(
                table.endsWith("next: segue learn --config " + config + ", then segue serve --config " + config + "\n"),
                table);
        assertEquals("", run.errors.toString());
    }

    @Test
    void aTableOfReasonsIsPrintedIfNoRowIsGood() throws IOException {
        Files.writeString(csv, "user_id,track_id,ts\n1,2,never\n");
        assertEquals(1, importCsv());
        assertTrue(run.output.toString().contains("the timestamp is not understood"));
        assertEquals(
                "segue import: no row can be imported; the table above names the reasons\n", run.errors.toString());
        assertFalse(Files.exists(out));
    }

    @Test
    void anExistingFolderNeedsForce() {
        assertEquals(0, importCsv());
        assertEquals(1, importCsv());
        assertTrue(run.errors.toString().contains(out + " is not empty; name a new folder with --out"));
        assertEquals(0, importCsv("--force"));
    }

    @Test
    void columnsAndUnitsAreOptions() throws IOException {
        Files.writeString(csv, "who,what,when,long\n1,2,5,30\n1,3,6,60\n");
        assertEquals(
                0,
                importCsv(
                        "--listener",
                        "who",
                        "--track",
                        "what",
                        "--timestamp",
                        "when",
                        "--duration",
                        "long",
                        "--timestamp-unit",
                        "seconds",
                        "--duration-unit",
                        "milliseconds"),
                run.errors::toString);
        assertTrue(run.output.toString().contains("from 1970-01-01 to 1970-01-01"), run.output::toString);
        assertTrue(run.output.toString().contains("duration = long (ms)"), run.output::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--session-gap    | soon  | --session-gap is a span such as 90s, 30m or 2h, not soon",
                "--session-gap    | 0m    | --session-gap is a span such as 90s, 30m or 2h, not 0m",
                "--zone           | Mars  | --zone is a time zone such as UTC, +02:00 or Europe/Paris, not Mars",
                "--skipped-share  | 1.5   | --skipped-share is from 0 to 1, not 1.5",
                "--default-listener | ' ' | --default-listener has 1 to 128 characters",
            })
    void wrongValuesOfOptions(String option, String value, String message) {
        assertEquals(2, importCsv(option, value));
        run.assertOneLineOfError(message);
    }
}
