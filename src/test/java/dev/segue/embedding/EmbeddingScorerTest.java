package dev.segue.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.training.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingScorerTest {

    private static final ListenerId KNOWN = ListenerId.of(7);
    private static final ListenerId OTHER = ListenerId.of(8);
    private static final ListenerId UNKNOWN = ListenerId.of(9);

    /** Three tracks and two listeners in five dimensions; the last track has no training rows. */
    private static final ServedModel MODEL = new ServedModel(
            new EmbeddingModel(
                    ModelType.NEW,
                    new FloatMatrix(3, 5, new float[] {1, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}),
                    new FloatMatrix(3, 5, new float[] {0.5f, -1, 2, 0, 1, 1, 1, 1, 1, -3, 0, 0, 0, 0, 0}),
                    new FloatMatrix(2, 5, new float[] {1, 2, 0, 0, 0, 0, 0, 1, 0, 4}),
                    new FloatMatrix(1, 6, new float[] {2, 0.5f, 1, 1, -1, 0.25f})),
            Context.FIRST,
            0.8,
            TrackRows.identity(3),
            new IntMatrix(3, 1, new int[] {4, 1, 0}),
            List.of(KNOWN, OTHER),
            true,
            "");

    private final EmbeddingScorer scorer = new EmbeddingScorer(MODEL);

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private double share(ListenerId listener, int context, int track) {
        return scorer.share(scorer.query(listener.key(), context), track);
    }

    /** Linear(U⊙T) = 2·1·0.5 + 0.5·2·(−1) + 0.25 = 0.25 and C·T = 1·0.5 + 2·1 = 2.5. */
    @Test
    void sharesFollowTheModelsFormula() {
        assertEquals(sigmoid(2.75), share(KNOWN, 0, 0), 1e-6);
        // 2·1·1 + 0.5·2·1 + 0.25 and 1·1
        assertEquals(sigmoid(3.25 + 1), share(KNOWN, 1, 1), 1e-6);
    }

    /** The mean of w⊙U is [1, 0.5, 0.5, 0, −2]. */
    @Test
    void unknownListenersHaveTheMeanTaste() {
        assertEquals(sigmoid(0.5 - 0.5 + 1 - 2 + 0.25 + 2.5), share(UNKNOWN, 0, 0), 1e-6);
    }

    @Test
    void unknownContextTracksAddNothing() {
        assertEquals(sigmoid(0.25), share(KNOWN, 3, 0), 1e-6);
        assertEquals(sigmoid(0.25), share(KNOWN, 2, 0), 1e-6);
    }

    @Test
    void onlyTracksOfTheTrainingDataAreTrained() {
        assertTrue(scorer.isTrained(0) && scorer.isTrained(1));
        assertFalse(scorer.isTrained(2) || scorer.isTrained(3));
        assertEquals(2, scorer.tracks());
    }

    @Test
    void readsAWrittenModel(@TempDir Path folder) {
        Models.write(ModelType.NEW, 40, 5, folder);
        ServedModel read = ServedModel.read(folder);
        assertEquals(Context.FIRST, read.context());
        assertEquals(0.8, read.artistDiscount());
        assertEquals(ModelType.NEW, read.model().type());
        assertEquals(5, read.listeners().size());
        assertEquals(30, new EmbeddingScorer(read).tracks());
    }

    /** Models of older versions do not have an artist discount. */
    @Test
    void theDefaultArtistDiscountIsOne(@TempDir Path folder) throws IOException {
        Models.write(ModelType.CONTEXTUAL, 40, 0, folder);
        Path file = folder.resolve("model.json");
        Files.writeString(file, Files.readString(file).replace("\"artistDiscount\"", "\"other\""));
        assertEquals(1, ServedModel.read(folder).artistDiscount());
    }

    @Test
    void aFolderWithoutAModelOfThisKindIsRejected(@TempDir Path folder) throws IOException {
        assertRejected(folder, "holds no model");
        Files.writeString(folder.resolve("model.json"), "{\"model\":\"session\"}");
        assertRejected(folder, "holds a model of another kind; segue train --model new makes one");
        Files.writeString(folder.resolve("model.json"), "{");
        assertRejected(folder, "holds a damaged model");
    }

    @Test
    void filesWithMismatchedSizesAreRejected(@TempDir Path folder) throws IOException {
        Models.write(ModelType.NEW, 40, 5, folder);
        Files.writeString(folder.resolve("listeners.json"), "1\n2\n");
        assertRejected(folder, "the sizes of the files do not match");
    }

    private static void assertRejected(Path folder, String reason) {
        String message = String.valueOf(assertThrows(FileException.class, () -> ServedModel.read(folder))
                .getMessage());
        assertTrue(message.contains(reason), message);
    }
}
