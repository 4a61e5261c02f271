package dev.segue.importing;

import static dev.segue.importing.ImportRun.fixture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports one small export in each format. */
class FormatsTest {

    private static final String HARBOUR = "\"2b0f5f0e-6d0f-4e0e-8a52-6f9b3a1d7c11\"";
    private static final String RAIN = "\"0d1f7a52-3d5a-4a38-8d0c-6c1f6a7f1a22\"";

    @TempDir
    private Path folder;

    private ImportRun run;

    @BeforeEach
    void prepare() {
        run = new ImportRun(folder);
    }

    @Test
    void tableOfGuessedColumns() {
        run.of(fixture("plays.csv"));
        assertEquals(
                List.of(
                        "start \"anna\" 1/1",
                        "next \"anna\" \"app:track:1\" 1.0 1/2",
                        "next \"anna\" \"app:track:2\" 0.25 1/3",
                        "start \"bert\" 1/1",
                        "last \"bert\" \"app:track:1\" 0.5 1/2",
                        "last \"anna\" \"app:track:3\" 1.0 1/4",
                        "start \"anna\" 2/1",
                        "last \"anna\" \"app:track:1\" 1.0 2/2"),
                run.events());
        assertEquals(
                List.of(
                        "{\"track\":\"app:track:1\",\"artist\":\"The Lanterns\",\"title\":\"Harbour Lights\",\"duration_ms\":180000}",
                        "{\"track\":\"app:track:2\",\"artist\":\"The Lanterns\",\"title\":\"Rain, Again\",\"duration_ms\":240000}",
                        "{\"track\":\"app:track:3\",\"artist\":\"Quiet Mill\",\"title\":\"Slow Train\",\"duration_ms\":200000}"),
                run.tracks());
        assertEquals(
                List.of(fixture("plays.csv") + ": CSV; listener = user_id, track = track_uri, timestamp = played_at,"
                        + " played = ms_played (ms), duration = duration_ms (ms), artist = artist, title = title"),
                run.messages);
    }

    @Test
    void jsonLinesWithNestedFields() {
        run.of(fixture("plays.jsonl"));
        assertEquals(List.of("7 11 1.0", "7 12 0.25", "8 11 0.25"), run.plays());
        assertEquals(
                "{\"track\":12,\"artist\":\"The Lanterns\",\"title\":\"Rain, Again\",\"duration_ms\":240000}",
                run.tracks().get(1));
        assertTrue(run.messages.get(0).contains("track = track.id, timestamp = ts, played = played_seconds (s)"));
    }

    @Test
    void parquetWithTypes() throws SQLException {
        Path file = folder.resolve("plays.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("copy (select * from (values"
                    + " (7, '11', timestamp '2026-01-05 08:00:00', 90.0, 180, ['folk', 'choir']),"
                    + " (7, '12', timestamp '2026-01-05 08:01:30', 60.0, 240, null))"
                    + " plays(user_id, track_id, played_at, seconds_played, duration_s, genres))"
                    + " to '" + file + "' (format parquet)");
        }
        run.of(file);
        assertEquals(List.of("7 \"11\" 0.5", "7 \"12\" 0.25"), run.plays());
        assertEquals(1767600000000L, run.timestamps().get(0));
        assertTrue(
                run.tracks().get(0).endsWith("\"tags\":[\"folk\",\"choir\"]}"),
                run.tracks().get(0));
        assertTrue(run.messages.get(0).contains("plays.parquet: Parquet; listener = user_id"));
    }

    @Test
    void listenBrainzExport() {
        run.of(fixture("listenbrainz-export.jsonl"));
        assertEquals(
                List.of(
                        "\"me\" " + HARBOUR + " 1.0",
                        "\"me\" " + RAIN + " 0.25",
                        "\"me\" \"5a1d3d63-3d31-4a7f-9a41-0a5f1e8e9f33\" 1.0"),
                run.plays());
        assertEquals(
                "{\"track\":" + HARBOUR
                        + ",\"artist\":\"The Lanterns\",\"title\":\"Harbour Lights\",\"album\":\"Piers\","
                        + "\"duration_ms\":180000,\"tags\":[\"folk\",\"sea shanties\"]}",
                run.tracks().get(0));
    }

    @Test
    void listenBrainzPagesOfTheApi() {
        run.of(fixture("listenbrainz-api.json"));
        assertEquals(List.of("\"anna\" " + HARBOUR + " 1.0", "\"anna\" " + RAIN + " 0.25"), run.plays());
        assertTrue(run.messages.get(0).contains("JSON of ListenBrainz's API; listener = user_name"));
    }

    @Test
    void spotifysExtendedHistory() {
        run.of(fixture("Streaming_History_Audio_2026_0.json"));
        assertEquals(
                List.of(
                        "\"me\" \"spotify:track:6rqhFgbbKwnb9MLmUQDhG6\" 1.0",
                        "\"me\" \"spotify:track:6rqhFgbbKwnb9MLmUQDhG6\" 0.25",
                        "\"me\" \"spotify:track:0VjIjW4GlUZAMYd2vXMi3b\" 0.1"),
                run.plays());
        assertEquals(1, run.counts().of(Reason.COMPLETE));
        assertEquals(1, run.counts().of(Reason.PLAYED_BY_COMPLETE));
        assertEquals(1, run.counts().of(Reason.SKIP_FLAG));
        assertTrue(run.example(Reason.NO_TRACK).endsWith("Streaming_History_Audio_2026_0.json, element 4"));
    }

    @Test
    void spotifysHistoryOfTheLastYear() {
        run.of(fixture("StreamingHistory_music_0.json"));
        assertEquals(
                List.of("\"me\" \"The Lanterns – Harbour Lights\" 0.8571", "\"me\" \"Quiet Mill – Slow Train\" 0.1"),
                run.plays());
    }

    @Test
    void lastFmWithoutHeader() {
        run.of(fixture("lastfm.csv"));
        assertEquals(
                List.of(
                        "\"me\" \"The Lanterns – Harbour Lights\" 0.75",
                        "\"me\" \"The Lanterns – Rain, Again\" 1.0",
                        "\"me\" \"Quiet Mill – Slow Train\" 1.0"),
                run.plays());
        assertEquals(1767600000000L, run.timestamps().get(0));
        assertEquals(3, run.counts().of(Reason.LOCAL_TIME));
    }

    @Test
    void lastFmWithHeader() {
        run.of(fixture("lastfm-uts.csv"));
        assertEquals(
                List.of(
                        "\"me\" " + HARBOUR + " 0.75",
                        "\"me\" \"The Lanterns – Rain, Again\" 1.0",
                        "\"me\" \"Quiet Mill – Slow Train\" 1.0"),
                run.plays());
    }

    @Test
    void rockboxLog() {
        run.of(fixture(".scrobbler.log"));
        assertEquals(
                List.of(
                        "\"me\" " + HARBOUR + " 1.0",
                        "\"me\" \"The Lanterns – \\\"Rain\\\" Again\" 0.1",
                        "\"me\" \"Quiet Mill – Slow Train\" 1.0"),
                run.plays());
        assertEquals(3, run.counts().of(Reason.SKIP_FLAG));
        assertEquals(3, run.counts().read());
    }

    @Test
    void sessionFilesWithAndWithoutHeader() {
        List<String> expected = List.of(
                "start 1 1/1",
                "next 1 214536502 1.0 1/2",
                "last 1 214536500 1.0 1/3",
                "start 2 1/1",
                "last 2 214536502 1.0 1/2");
        assertEquals(expected, run.of(fixture("session-rec.txt")).events());
        assertEquals(expected, run.of(fixture("session-rec-no-header.txt")).events());
        assertEquals(1767600000500L, run.timestamps().get(0));
    }

    @Test
    void separatorsQuotesAndNamesOfOptions() {
        run.of(
                ImportRun.columns(Map.of(Role.LISTENER, "wer", Role.TRACK, "was", Role.TIMESTAMP, "wann")),
                run.file("plays.csv", "wer;was;wann\n\"a\"\"b\";x;1767600000\n"));
        assertEquals(List.of("\"a\\\"b\" \"x\" 1.0"), run.plays());
    }

    @Test
    void namesOfColumnsForTablesWithoutHeader() {
        ImportOptions options = new ImportOptions(
                Map.of(),
                List.of("user", "track_id", "ts", "share"),
                null,
                ImportOptions.DEFAULT.sessionGap(),
                null,
                null,
                ImportOptions.DEFAULT.zone(),
                null,
                0.1);
        assertEquals(
                List.of("1 5 0.3"), run.ofCsv(options, "1,5,1767600000,0.3").plays());
        assertTrue(
                run.failureOfCsv(options, "1,5,1767600000").contains("the rows have 3 fields, and --columns names 4"));
    }

    @Test
    void aColumnOfTitlesIsNotTakenForIds() {
        run.ofCsv("user,artist,track,time", "1,Quiet Mill,Slow Train,1767600000");
        assertEquals(List.of("1 \"Quiet Mill – Slow Train\" 1.0"), run.plays());
    }

    @Test
    void aLongDerivedIdIsAHash() {
        String title = "x".repeat(130);
        run.ofCsv("user,artist,title,time", "1,Quiet Mill," + title + ",1767600000");
        assertTrue(
                run.tracks().get(0).matches("\\{\"track\":\"sha256:[0-9a-f]{64}\",.*"),
                run.tracks().get(0));
    }

    @Test
    void detailsOfTracks() {
        run.ofCsv(
                "user,track_id,title,album,year,tags,time",
                "1,5,,,,,1767600000",
                "1,5,Slow Train,Sidings,2019-04-01,folk|night,1767600001");
        assertEquals(
                List.of("{\"track\":5,\"artist\":\"\",\"title\":\"Slow Train\",\"album\":\"Sidings\",\"year\":2019,"
                        + "\"tags\":[\"folk\",\"night\"]}"),
                run.tracks());
    }
}
