package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.segue.Cases;
import dev.segue.file.FileException;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogKindsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ok.json", "ok.json.zst", "bom.json", "array.json"})
    void sameTracksAreReadFromAllFormats(String name) {
        Catalog catalog = Catalog.load(CatalogFiles.of(Cases.of("16-catalogs/" + name)));
        assertEquals(20, catalog.tracks().size());
        assertArrayEquals(new int[] {1, 2, 3, 4, 5}, ids(catalog.neighbours(), 0));
    }

    @Test
    void int64MatrixIsRead() {
        Catalog catalog = Catalog.load(CatalogFiles.of(Cases.of("16-catalogs/int64.npy")));
        assertEquals(20, catalog.tracks().size());
        assertArrayEquals(new int[] {1, 2, 3, 4}, ids(catalog.neighbours(), 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            utf16.json | utf16.json: UTF-16 text; save it as UTF-8
            table.csv  | table.csv: a table of text (CSV); write JSON lines instead
            matrix.npz | matrix.npz: a .npz file, which is a zip archive of arrays; write the array with np.save
            """)
    void unsupportedFormatsAreReportedWithRemedy(String name, String problem) {
        Path file = Cases.of("16-catalogs/" + name);
        assertProblem(problem, CatalogFiles.of(file));
        assertProblem(problem, withLists(file));
        if (!name.equals("table.csv")) {
            assertProblem(problem, withTopTracks(file));
            var exception = assertThrows(FileException.class, () -> NpyFile.readInts(file));
            assertTrue(String.valueOf(exception.getMessage()).startsWith(problem), exception::toString);
        }
    }

    @Test
    void topTracksMayHaveAByteOrderMarkOrBeCompressed() throws IOException {
        Path marked = Cases.of("16-catalogs/top_bom.json");
        assertArrayEquals(
                new int[] {1, 2, 3}, Catalog.load(withTopTracks(marked)).topTracks());
        Path compressed = Files.write(folder.resolve("top.json"), Zstd.compress(Files.readAllBytes(marked)));
        assertArrayEquals(
                new int[] {1, 2, 3}, Catalog.load(withTopTracks(compressed)).topTracks());
    }

    @Test
    void topTracksOnePerLineAreRejectedWithRemedy() {
        assertProblem(
                "top_lines.json:1: top tracks must be one array of track ids, each an integer from 0 to 2147483647 or a string of 1 to 128"
                        + " characters (byte 1); make one array of the lines, as in: jq -s -c . F > G",
                withTopTracks(Cases.of("16-catalogs/top_lines.json")));
    }

    @Test
    void badArrayElementIsReportedByNumber() throws IOException {
        Path file = Files.writeString(folder.resolve("tracks.json"), "[{\"track\":0},\n\n{\"track\":-1}]");
        assertProblem("tracks.json, element 2: \"track\" must be an integer", CatalogFiles.of(file));
    }

    @Test
    void listenerListsMayBeAnArray() throws IOException {
        Path lists = Files.writeString(
                folder.resolve("lists.json"), "[{\"user\":7,\"tracks\":[2,1]},{\"user\":8,\"tracks\":[]}]");
        assertArrayEquals(new int[] {2, 1}, ids(Catalog.load(withLists(lists)).listenerLists(), 7));
    }

    @Test
    void int64MatrixIsLimitedToTheRangeOfInt32() throws IOException {
        Path file = Cases.of("16-catalogs/int64.npy");
        byte[] matrix = Files.readAllBytes(file);
        ByteBuffer.wrap(matrix).order(ByteOrder.LITTLE_ENDIAN).putLong(128, 1L << 31);
        Path large = Files.write(folder.resolve("large.npy"), matrix);
        var exception = assertThrows(FileException.class, () -> NpyFile.readInts(large));
        assertEquals(
                "large.npy: the value 2147483648 is not an int32; ids are integers from 0 to 2147483647",
                exception.getMessage());
    }

    @Test
    void wholeFloatsAreReadAsIds() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tracks.json"),
                "{\"track\":0.0,\"recommendations\":[1.0]}\n{\"track\":1.0,\"recommendations\":[]}");
        assertArrayEquals(new int[] {1}, ids(Catalog.load(CatalogFiles.of(file)).neighbours(), 0));
    }

    private static int[] ids(IdLists lists, long key) {
        int row = lists.row(key);
        return IntStream.range(0, lists.size(row)).map(i -> lists.get(row, i)).toArray();
    }

    private static CatalogFiles withTopTracks(Path file) {
        return new CatalogFiles(Cases.of("16-catalogs/ok.json"), null, null, file, null);
    }

    private static CatalogFiles withLists(Path file) {
        return new CatalogFiles(Cases.of("16-catalogs/ok.json"), null, null, null, file);
    }

    private static void assertProblem(String expected, CatalogFiles files) {
        var problem = assertThrows(FileException.class, () -> Catalog.load(files));
        assertTrue(String.valueOf(problem.getMessage()).startsWith(expected), problem::toString);
    }
}
