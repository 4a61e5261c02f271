package dev.segue.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEmbeddingsTest {

    @TempDir
    private Path folder;

    private Path write(FloatMatrix matrix) {
        Path file = folder.resolve("audio.npy");
        NpyFile.write(file, matrix);
        return file;
    }

    private static String refusal(Path file, int tracks) {
        return String.valueOf(assertThrows(FileException.class, () -> ContentEmbeddings.read(file, tracks))
                .getMessage());
    }

    @Test
    void rowsAreNormalizedAndZerosAreUnknown() {
        var embeddings = ContentEmbeddings.read(write(new FloatMatrix(2, 2, new float[] {3, 4, 0, 0})), 2);
        assertTrue(embeddings.isKnown(0));
        assertFalse(embeddings.isKnown(1));
        FloatMatrix scaled = embeddings.scaled(new float[] {0.5f, 0});
        assertEquals(0.3f, scaled.get(0, 0), 1e-7f);
        assertEquals(0.4f, scaled.get(0, 1), 1e-7f);
        assertEquals(0f, scaled.get(1, 0));
    }

    @Test
    void anotherNumberOfRowsIsRefused() {
        Path file = write(FloatMatrix.zeros(3, 2));
        assertEquals(
                "audio.npy: is a 3 x 2 matrix, but there are 4 tracks; write one row for each row of the track file, in its order,"
                        + " and a row of zeros where the embedding is unknown",
                refusal(file, 4));
        assertTrue(refusal(write(FloatMatrix.zeros(4, 0)), 4).startsWith("audio.npy: is a 4 x 0 matrix"));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valuesThatAreNotFiniteAreRefused(float value) {
        Path file = write(new FloatMatrix(2, 2, new float[] {1, 1, 1, value}));
        assertEquals(
                "audio.npy: row 1 (from 0) has a value that is not finite; write zeros where the embedding is unknown",
                refusal(file, 2));
    }

    @Test
    void theLargestAndSmallestFloatsAreNormalized() {
        var matrix = new FloatMatrix(2, 1, new float[] {Float.MAX_VALUE, -Float.MIN_VALUE});
        FloatMatrix scaled = ContentEmbeddings.read(write(matrix), 2).scaled(new float[] {1, 1});
        assertEquals(1f, scaled.get(0, 0), 1e-6f);
        assertEquals(-1f, scaled.get(1, 0), 1e-6f);
    }

    @Test
    void aMatrixOfIntegersIsRefused() {
        Path file = folder.resolve("audio.npy");
        NpyFile.write(file, IntMatrix.zeros(2, 2));
        assertTrue(refusal(file, 2).contains("astype(np.float32)"));
    }
}
