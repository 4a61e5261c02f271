package dev.segue.embedding;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an embedding model.
 *
 * @param type the model's type
 * @param contexts C, tracks × dimensions: the embeddings of tracks as contexts
 * @param tracks T, tracks × dimensions: the embeddings of tracks as next tracks
 * @param listeners U, listeners × dimensions; null for {@link ModelType#CONTEXTUAL}
 * @param linear 1 × (dimensions + 1): the linear layer's weights and bias; null for {@link ModelType#CONTEXTUAL}
 */
public record EmbeddingModel(
        ModelType type,
        FloatMatrix contexts,
        FloatMatrix tracks,
        @Nullable FloatMatrix listeners,
        @Nullable FloatMatrix linear) {

    public EmbeddingModel {
        if ((listeners != null) != type.hasListeners() || (linear != null) != type.hasListeners()) {
            throw new IllegalArgumentException(
                    "listeners and linear layer must be given for the model new, and only for it");
        }
        if (contexts.rows() != tracks.rows() || contexts.columns() != tracks.columns()) {
            throw new IllegalArgumentException("contexts and tracks have different shapes");
        }
        if (listeners != null && linear != null) {
            if (listeners.columns() != tracks.columns() || linear.columns() != tracks.columns() + 1) {
                throw new IllegalArgumentException(
                        "the dimensions of listeners or linear layer do not match the tracks");
            }
        }
    }

    /** The number of dimensions of an embedding. */
    public int dimensions() {
        return tracks.columns();
    }

    /** A copy in which the embeddings of contexts and tracks without training rows, which are still random, are 0. */
    public EmbeddingModel withoutUntrained(IntMatrix contextCounts, IntMatrix trackCounts) {
        EmbeddingModel copy = copy();
        clear(copy.contexts, contextCounts);
        clear(copy.tracks, trackCounts);
        return copy;
    }

    private static void clear(FloatMatrix matrix, IntMatrix counts) {
        for (int row = 0; row < matrix.rows(); row++) {
            if (counts.get(row, 0) == 0) {
                Arrays.fill(matrix.values(), row * matrix.columns(), (row + 1) * matrix.columns(), 0);
            }
        }
    }

    /** A deep copy. */
    public EmbeddingModel copy() {
        return new EmbeddingModel(
                type,
                copy(contexts),
                copy(tracks),
                listeners == null ? null : copy(listeners),
                linear == null ? null : copy(linear));
    }

    private static FloatMatrix copy(FloatMatrix matrix) {
        return new FloatMatrix(matrix.rows(), matrix.columns(), matrix.values().clone());
    }
}
