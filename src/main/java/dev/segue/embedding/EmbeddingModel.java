package dev.segue.embedding;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a model has learned.
 *
 * @param type which model
 * @param contexts C, tracks × dimensions: a track as the context that a recommendation goes out from
 * @param tracks T, tracks × dimensions: a track as what is played next
 * @param listeners U, listeners × dimensions; null for {@link ModelType#CONTEXTUAL}
 * @param linear 1 × (dimensions + 1), the linear layer's weights, then its bias; null for {@link ModelType#CONTEXTUAL}
 */
public record EmbeddingModel(
        ModelType type,
        FloatMatrix contexts,
        FloatMatrix tracks,
        @Nullable FloatMatrix listeners,
        @Nullable FloatMatrix linear) {

    public EmbeddingModel {
        if ((listeners != null) != type.knowsListeners() || (linear != null) != type.knowsListeners()) {
            throw new IllegalArgumentException("listeners and linear layer belong to the model new, and to it alone");
        }
        if (contexts.rows() != tracks.rows() || contexts.columns() != tracks.columns()) {
            throw new IllegalArgumentException("contexts and tracks have different shapes");
        }
        if (listeners != null && linear != null) {
            if (listeners.columns() != tracks.columns() || linear.columns() != tracks.columns() + 1) {
                throw new IllegalArgumentException("listeners or linear layer have another number of dimensions");
            }
        }
    }

    /** The length of an embedding. */
    public int dimensions() {
        return tracks.columns();
    }

    /** The same model, with 0 in the rows of contexts and tracks that no row trained: what is there is the start's noise. */
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

    /** The same numbers in arrays of their own. */
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
