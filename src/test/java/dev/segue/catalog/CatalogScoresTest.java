package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogScoresTest {

    private static final String OTHER_LINES = """
            {"track":1,"recommendations":[],"scores":[]}
            {"track":2,"recommendations":[0],"scores":[-3]}
            """;

    @TempDir
    private Path folder;

    private Catalog load(String line) throws IOException {
        Path file = folder.resolve("tracks.json");
        Files.writeString(file, line + "\n" + OTHER_LINES);
        return Catalog.load(CatalogFiles.of(file));
    }

    /** The unknown track 7 and the track itself are removed with their scores. */
    @Test
    void scoresStayWithTheirNeighbours() throws IOException {
        IdLists lists = load("{\"track\":0,\"scores\":[9,0.5,8,1e-3],\"recommendations\":[7,2,0,1]}")
                .neighbours();
        int row = lists.row(0);
        assertTrue(lists.hasScores());
        assertEquals(2, lists.size(row));
        assertEquals(2, lists.get(row, 0));
        assertEquals(0.5f, lists.score(row, 0));
        assertEquals(1, lists.get(row, 1));
        assertEquals(1e-3f, lists.score(row, 1));
        assertEquals(-3, lists.score(lists.row(2), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"track\":0,\"recommendations\":[2,1],\"scores\":[1]}",
                "{\"track\":0,\"recommendations\":[2,1],\"scores\":[1,2,3]}",
                "{\"track\":0,\"recommendations\":[2],\"scores\":[\"1\"]}",
                "{\"track\":0,\"recommendations\":[2],\"scores\":[1e99]}",
                "{\"track\":0,\"recommendations\":[2],\"scores\":7}",
                "{\"track\":0,\"scores\":[1]}"
            })
    void mismatchedScoresAreRejected(String line) {
        String message = String.valueOf(
                assertThrows(FileException.class, () -> load(line)).getMessage());
        assertTrue(
                message.contains("tracks.json:1") && message.contains("\"scores\" must be an array of finite numbers"),
                message);
    }

    @Test
    void rowWithoutScoresInFileWithScoresIsRejected() {
        String message =
                String.valueOf(assertThrows(FileException.class, () -> load("{\"track\":0,\"recommendations\":[2]}"))
                        .getMessage());
        assertTrue(message.contains("unexpected \"scores\" (line 1 lacks it)"), message);
    }

    @Test
    void scoresOfMatrixAreReadAndPartOfGeneration() {
        Path file = folder.resolve("neighbours.npy");
        NpyFile.write(file, new IntMatrix(2, 2, new int[] {1, -1, 0, -1}));
        String plain = Catalog.load(CatalogFiles.of(file)).generation();
        NpyFile.write(folder.resolve("neighbours.scores.npy"), new FloatMatrix(2, 2, new float[] {0.25f, 0, 4, 0}));
        Catalog scored = Catalog.load(CatalogFiles.of(file));
        assertEquals(0.25f, scored.neighbours().score(0, 0));
        assertEquals(4, scored.neighbours().score(1, 0));
        assertNotEquals(plain, scored.generation());
        NpyFile.write(folder.resolve("neighbours.scores.npy"), new FloatMatrix(2, 1, new float[] {0.25f, 4}));
        String message = String.valueOf(assertThrows(FileException.class, () -> Catalog.load(CatalogFiles.of(file)))
                .getMessage());
        assertTrue(message.contains("has 2 × 1 scores for 2 × 2 neighbours"), message);
    }
}
