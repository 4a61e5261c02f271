package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that invalid files are rejected with a message that names the location and a remedy. */
class CatalogErrorTest {

    @TempDir
    Path folder;

    /** A slash represents a newline. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"track":0,"artist":"a"}/{"track":1} | 2: missing "artist" (line 1 has it)
                    /{"track":0,"title":"a"}//{"track":1} | 4: missing "title" (line 2 has it)
                    {"track":0,"recommendations":[]}/{"track":1} | 2: missing "recommendations" (line 1 has it)
                    {"track":0}/{"track":1,"artist":"a"} | 2: unexpected "artist" (line 1 lacks it)
                    {"track":0}/{"track":1,"recommendations":[]} | 2: unexpected "recommendations" (line 1 lacks it)
                    {"artist":"a"} | 1: missing "track"; every row of TRACKS_CATALOG needs it
                    {"track":5}/{"track":6}//{"track":5} | 4: same "track" as line 1; remove one of the two lines
                    {"track":0}/{"item_id":0} | 2: same "track" as line 1; remove one of the two lines
                    {"track":0,"item_id":0} | 1: "track" appears twice in the line; keep one ("item_id" is the same field)
                    {"track":-1} | 1: "track" must be an integer from 0 to 2147483647 or a string of 1 to 128 characters (byte 12)
                    {"track":0}/{"track":2147483648} | 2: "track" must be an integer from 0 to 2147483647
                    {"track":""} | 1: "track" must be an integer from 0 to 2147483647 or a string of 1 to 128 characters (byte 12)
                    {"track":0,"artist":null} | 1: "artist" must be a string, "" where unknown (byte 21)
                    {"track":0,"title":["a"]} | 1: "title" must be a string, "" where unknown
                    {"track":0,"recommendations":7} | 1: "recommendations" must be an array of track ids, each an integer from 0 to 2147483647
                    {"track":0,"recommendations":[""]} | 1: "recommendations" must be an array of track ids
                    {"track":0,"recommendations":[1.5]} | 1: "recommendations" must be an array of track ids
                    {"track":0,"recommendations":[-1]} | 1: "recommendations" must be an array of track ids
                    {"track":0}/{"track":1 | 2: bad JSON: the line ends where ',' or '}' should be; write each value on one line
                    {"track":0,"title":"open | 1: bad JSON: the line ends where '"' should be; write each value on one line
                    {"track":0}}/{"track":1} | 1: bad JSON: expected the end of the line (byte 12)
                    {"track":0} {"track":1} | 1: bad JSON: expected the end of the line (byte 13)
                    {"track" 0} | 1: bad JSON: expected ':' (byte 10)
                    {"track":0,"title":"\\x"} | 1: bad JSON: unknown escape (byte 22)
                    {"track":0,"title":"\\ud800"} | 1: "title" must be a string, "" where unknown; a surrogate escape must be part of a pair
                    // |  no tracks; TRACKS_CATALOG needs at least one
                    """)
    void badTrackCatalogsAreRejected(String content, String problem) {
        assertProblem(
                "tracks.json:" + (problem.startsWith("no ") ? " " : "") + problem, tracks(content.replace('/', '\n')));
    }

    @Test
    void invalidUtf8IsRejected() throws IOException {
        byte[] latin1 = "{\"track\":0,\"title\":\"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("tracks.json"), latin1);
        assertProblem(
                "tracks.json:1: bad JSON: invalid UTF-8; save the file as UTF-8 (byte 24)", CatalogFiles.of(file));
    }

    @Test
    void lineNumbersAreCorrectInLargeFile() {
        var text = new StringBuilder();
        int lines = 100_000;
        for (int track = 0; track < lines; track++) {
            text.append("{\"track\":").append(track).append(",\"title\":\"some title\"}\n\n");
        }
        String good = text.toString();
        assertProblem(
                "tracks.json:123457: missing \"title\" (line 1 has it)",
                tracks(good.replace("{\"track\":61728,\"title\":\"some title\"}", "{\"track\":61728}")));
        assertProblem(
                "tracks.json:200001: same \"track\" as line 160001", tracks(good + "{\"track\":80000,\"title\":\"\"}"));
        assertEquals(lines, Catalog.load(tracks(good)).tracks().size());
    }

    @Test
    void firstBadLineIsReported() {
        String bad = "{\"track\":0}\n" + "{}\n".repeat(500_000);
        for (int run = 0; run < 5; run++) {
            assertProblem("tracks.json:2: missing \"track\"", tracks(bad));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"user":1} | 1: missing "tracks"; every row needs it
                    {"tracks":[]} | 1: missing "user"; every row needs it
                    {"user":1,"tracks":[]}/{"user":"1","tracks":[]} | 2: same "user" as line 1; remove one of the two lines
                    {"user":1,"user":1,"tracks":[]} | 1: "user" appears twice in the line; keep one
                    {"user":1,"tracks":[],"tracks":[]} | 1: "tracks" appears twice in the line; keep one
                    {"user":-1,"tracks":[]} | 1: "user" must be an integer from 0 to 2^63-1 or a string of 1 to 128 characters
                    {"user":9223372036854775808,"tracks":[]} | 1: "user" must be an integer from 0 to 2^63-1
                    {"user":"","tracks":[]} | 1: "user" must be an integer from 0 to 2^63-1 or a string of 1 to 128 characters
                    {"user":true,"tracks":[]} | 1: "user" must be an integer from 0 to 2^63-1
                    {"user":1,"tracks":{}} | 1: "tracks" must be an array of track ids, each an integer from 0 to 2147483647
                    """)
    void badListenerListsAreRejected(String content, String problem) {
        CatalogFiles tracks = tracks("{\"track\":0}");
        Path lists = file("lists.json", content.replace('/', '\n'));
        assertProblem("lists.json:" + problem, new CatalogFiles(tracks.tracksCatalog(), null, null, null, lists));
    }

    @Test
    void userStringsHaveAtMost128Characters() {
        CatalogFiles tracks = tracks("{\"track\":0}");
        Path lists = file("lists.json", "{\"user\":\"" + "é".repeat(129) + "\",\"tracks\":[]}");
        assertProblem(
                "lists.json:1: \"user\" must be", new CatalogFiles(tracks.tracksCatalog(), null, null, null, lists));
        file("lists.json", "{\"user\":\"" + "é".repeat(128) + "\",\"tracks\":[]}");
        Catalog.load(new CatalogFiles(tracks.tracksCatalog(), null, null, null, lists));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1} | 1: top tracks must be one array of track ids, each an integer from 0 to 2147483647 or a string of 1 to 128 characters (byte 1)
                    [1,//""] | 3: top tracks must be one array of track ids, each an integer from 0 to 2147483647 or a string of 1 to 128 characters (byte 8)
                    [1] [2] | 1: bad JSON: expected the end of the line (byte 5)
                    [1 | 1: bad JSON: the line ends where ',' or ']' should be
                    """)
    void badTopTracksAreRejected(String content, String problem) {
        CatalogFiles tracks = tracks("{\"track\":0}");
        Path top = file("top.json", content.replace('/', '\n'));
        assertProblem("top.json:" + problem, new CatalogFiles(tracks.tracksCatalog(), null, null, top, null));
    }

    @Test
    void metadataNeedsArtistAndTitle() {
        Path tracks = file("tracks.json", "{\"track\":0}");
        Path metadata = file("metadata.json", "{\"track\":0,\"artist\":\"a\"}");
        assertProblem(
                "metadata.json:1: missing \"title\"; every row of TRACKS_METADATA needs it",
                new CatalogFiles(tracks, null, metadata, null, null));
        NpyFile.write(metadata, new IntMatrix(1, 1, new int[1]));
        assertProblem(
                "metadata.json: TRACKS_METADATA needs artists and titles; give it a file of JSON lines",
                new CatalogFiles(tracks, null, metadata, null, null));
    }

    @Test
    void missingFileIsReportedWithItsSetting() {
        Path tracks = file("tracks.json", "{\"track\":0}");
        Path missing = folder.resolve("missing.json");
        String problem = ": no such file " + missing + "; correct the path or leave it out";
        assertProblem("TRACKS_CATALOG" + problem, CatalogFiles.of(missing));
        assertProblem("TRACKS_CATALOG_NN" + problem, new CatalogFiles(tracks, missing, null, null, null));
        assertProblem("TRACKS_METADATA" + problem, new CatalogFiles(tracks, null, missing, null, null));
        assertProblem("TOP_TRACKS" + problem, new CatalogFiles(tracks, null, null, missing, null));
        assertProblem("RECOMMENDATIONS" + problem, new CatalogFiles(tracks, null, null, null, missing));
        assertProblem(folder.getFileName() + ": cannot be read", CatalogFiles.of(folder));
    }

    @Test
    void overlongLineIsRejected() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tracks.json"),
                "{\"track\":0}\n{\"track\":1,\"title\":\"" + "a".repeat(4 * LineChunks.MAX_LINE_BYTES) + "\"}\n");
        assertProblem(
                "tracks.json: a line is longer than 16777216 bytes; write one object per line", CatalogFiles.of(file));
    }

    @Test
    void damagedGzipIsRejected() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"track\":0}\n{\"track\":1}\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = bytes.toByteArray();
        Path file = folder.resolve("tracks.json.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length - 9));
        assertProblem(
                "tracks.json.gz: the gzip data ends early; copy or compress the file again", CatalogFiles.of(file));
        whole[whole.length - 5] ^= 1;
        Files.write(file, whole);
        assertProblem("tracks.json.gz: damaged gzip data", CatalogFiles.of(file));
    }

    @Test
    void matrixOfFloatsIsRejected() {
        Path matrix = folder.resolve("nn.npy");
        NpyFile.write(matrix, new FloatMatrix(1, 1, new float[1]));
        assertProblem("nn.npy: dtype is '<f4', not '<i4'; convert with astype(np.int32)", CatalogFiles.of(matrix));
        NpyFile.write(matrix, new IntMatrix(0, 1, new int[0]));
        assertProblem("nn.npy: no tracks; TRACKS_CATALOG needs at least one", CatalogFiles.of(matrix));
    }

    private CatalogFiles tracks(String tracks) {
        return CatalogFiles.of(file("tracks.json", tracks));
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertProblem(String expected, CatalogFiles files) {
        var problem = assertThrows(FileException.class, () -> Catalog.load(files));
        assertTrue(String.valueOf(problem.getMessage()).startsWith(expected), problem::toString);
    }
}
