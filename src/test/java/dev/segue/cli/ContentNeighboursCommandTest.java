package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.http.SegueServer;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContentNeighboursCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Two styles; the last track has no content. */
    private static final String TRACKS = """
            {"track":"a","artist":"A","title":"1","tags":["Folk","live"],"year":1999,"explicit":false,"extra":{"x":[1.50,"é"]}}
            {"track":"b","artist":"B","title":"2","tags":["folk"],"year":1998}
            {"track":7,"artist":"C","title":"3","tags":["techno"],"genre":"Electronic"}
            {"track":8,"artist":"D","title":"4","genre":["electronic","house"]}
            {"track":9,"artist":"","title":"5","tags":null}
            """;

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();
    private Path tracks;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        tracks = Files.writeString(folder.resolve("tracks.json"), TRACKS);
        out = folder.resolve("catalog.json");
    }

    private int find(String... options) {
        return run.of(List.of("content-neighbours", "--tracks", "" + tracks, "--out", "" + out), options);
    }

    private static JsonNode get(SegueServer server, String path) throws Exception {
        String response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString())
                .body();
        return JSON.readTree(response);
    }

    @Test
    void aServiceWithoutALogServesByContent() throws Exception {
        assertEquals(0, find(), run.errors::toString);
        assertEquals(
                "4 neighbours of 5 tracks; 1 tracks (20.0%) have no content in common with others, and no neighbours; all lists are"
                        + " exact\n",
                run.output.toString());
        Path config = Files.writeString(folder.resolve("config.json"), "{\"TRACKS_CATALOG\": \"catalog.json\"}");
        try (SegueServer server = CommandRun.serve(config)) {
            JsonNode next = get(server, "/next_track?user=1&track=a&time=1&explain=true");
            assertEquals("b", next.get("track").asString());
            assertEquals(
                    "contextual", next.get("explanation").get("recommender").asString());
            assertEquals(
                    7,
                    get(server, "/next_track?user=1&track=8&time=1")
                            .get("track")
                            .asInt());
            assertFalse(
                    get(server, "/next_track?user=1&track=9&time=1")
                            .get("track")
                            .isNull(),
                    "by a fallback");
            assertFalse(get(server, "/next_track?user=2").get("track").isNull(), "the first track, by a fallback");
        }
    }

    @Test
    void otherFieldsOfTheRowsAreKept() throws IOException {
        assertEquals(0, find(), run.errors::toString);
        List<String> lines = Files.readAllLines(out);
        String first = "{\"track\":\"a\",\"artist\":\"A\",\"title\":\"1\",\"tags\":[\"Folk\",\"live\"],\"year\":1999,"
                + "\"explicit\":false,\"extra\":{\"x\":[1.50,\"é\"]},\"recommendations\":[\"b\"],\"scores\":[0.";
        assertTrue(lines.get(0).startsWith(first), lines.get(0));
        assertEquals(
                "{\"track\":9,\"artist\":\"\",\"title\":\"5\",\"tags\":null,\"recommendations\":[],\"scores\":[]}",
                lines.get(4));
        assertEquals(5, lines.size());
        Catalog catalog = Catalog.load(CatalogFiles.of(out));
        assertEquals(List.of(), catalog.warnings());
        assertTrue(catalog.neighbours().hasScores());
    }

    @Test
    void aCatalogIsWrittenAgainWithNewNeighbours() throws IOException {
        assertEquals(0, find(), run.errors::toString);
        byte[] once = Files.readAllBytes(out);
        var again = new CommandRun();
        assertEquals(0, again.of(List.of("content-neighbours", "--tracks", "" + out, "--out", "" + out)));
        assertEquals(new String(once, java.nio.charset.StandardCharsets.UTF_8), Files.readString(out));
    }

    @Test
    void theOriginOfEarlierNeighboursIsRemoved() {
        new NeighbourOrigin(ModelType.NEW, Context.FIRST, 20).write(out);
        assertEquals(0, find(), run.errors::toString);
        assertEquals(Optional.empty(), NeighbourOrigin.of(out));
    }

    @Test
    void embeddingsGiveNeighboursToTracksWithoutOtherContent() throws IOException {
        Path audio = folder.resolve("audio.npy");
        NpyFile.write(audio, new FloatMatrix(5, 2, new float[] {1, 0, 0, 1, 0, 1, 0, 0, 1, 0.01f}));
        assertEquals(0, find("--content-embeddings", "" + audio, "--count", "1"), run.errors::toString);
        assertTrue(Files.readAllLines(out).get(4).contains("\"recommendations\":[\"a\"]"), () -> run.output.toString());
    }

    @Test
    void weightsAndLimitsAreOptions() throws IOException {
        Files.writeString(tracks, """
                {"track":1,"artist":"A","tags":["x"]}
                {"track":2,"artist":"A","tags":["y"]}
                {"track":3,"artist":"A","tags":["z"]}
                {"track":4,"artist":"B","tags":["x"]}
                """);
        assertEquals(0, find("--tag-weight", "0", "--max-per-artist", "1"), run.errors::toString);
        assertTrue(Files.readAllLines(out).get(0).endsWith("\"recommendations\":[2],\"scores\":[1.0]}"));
        assertEquals(0, find("--artist-weight", "0", "--max-per-artist", "0"), run.errors::toString);
        assertTrue(Files.readAllLines(out).get(0).endsWith("\"recommendations\":[4],\"scores\":[1.0]}"));
    }

    @Test
    void aMatrixOfOtherTracksIsRefused() {
        Path audio = folder.resolve("audio.npy");
        NpyFile.write(audio, FloatMatrix.zeros(4, 2));
        assertEquals(1, find("--content-embeddings", "" + audio));
        run.assertOneLineOfError("audio.npy: is a 4 x 2 matrix, but there are 5 tracks; write one row for each row");
        assertFalse(Files.exists(out));
    }

    @Test
    void badFilesAreRefusedWithTheLine() throws IOException {
        Files.writeString(tracks, "{\"track\":1}\n{\"track\":2,\"tags\":[7]}\n");
        assertEquals(1, find());
        run.assertOneLineOfError("tracks.json:2: \"tags\" must be an array of");
        assertFalse(Files.exists(out));
    }

    @Test
    void aFileWithoutTracksIsRefused() throws IOException {
        Files.writeString(tracks, "");
        assertEquals(1, find());
        run.assertOneLineOfError("no tracks");
    }

    @Test
    void tracksWithoutContentAreRefused() throws IOException {
        Files.writeString(tracks, "{\"track\":1,\"artist\":\"A\"}\n{\"track\":2,\"artist\":\"B\"}\n");
        assertEquals(1, find());
        run.assertOneLineOfError("no two tracks have content in common; add tags, genre, artist, album or year");
        assertFalse(Files.exists(out));
    }

    @Test
    void wrongNumbersAreRefused() {
        assertEquals(1, find("--count", "0"));
        run.assertOneLineOfError("the number of neighbours must be from 1 to 1,000");
        var negative = new CommandRun();
        assertEquals(
                1,
                negative.of(
                        List.of("content-neighbours", "--tracks", "" + tracks, "--out", "" + out, "--tag-weight=-1")));
        negative.assertOneLineOfError("the weights of the content must be numbers from 0 to 1,000,000");
    }
}
