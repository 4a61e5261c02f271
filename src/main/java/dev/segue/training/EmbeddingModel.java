package dev.segue.training;

import dev.segue.catalog.FloatMatrix;
import dev.segue.catalog.IntMatrix;
import dev.segue.random.KeyedRandom;
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

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -12;

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

    /**
     * A model that has learned nothing: embeddings from N(0, deviation²), the linear layer uniform in ±1/√dimensions, as
     * PyTorch begins.
     */
    static EmbeddingModel start(TrainingSettings settings, int tracks, int listeners) {
        boolean knowsListeners = settings.type().knowsListeners();
        return new EmbeddingModel(
                settings.type(),
                drawn(settings, 1, tracks, settings.dimensions()),
                drawn(settings, 2, tracks, settings.dimensions()),
                knowsListeners ? drawn(settings, 3, listeners, settings.dimensions()) : null,
                knowsListeners ? drawnLinear(settings) : null);
    }

    private static FloatMatrix drawnLinear(TrainingSettings settings) {
        FloatMatrix linear = FloatMatrix.zeros(1, settings.dimensions() + 1);
        var random = new KeyedRandom(settings.seed(), DRAW, 4, 0);
        double bound = 1 / Math.sqrt(settings.dimensions());
        for (int column = 0; column < linear.columns(); column++) {
            linear.set(0, column, (float) (bound * (2 * random.nextDouble() - 1)));
        }
        return linear;
    }

    private static FloatMatrix drawn(TrainingSettings settings, int table, int rows, int columns) {
        FloatMatrix drawn = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            var random = new KeyedRandom(settings.seed(), DRAW, table, row);
            for (int column = 0; column < columns; column++) {
                drawn.set(row, column, (float) (settings.deviation() * random.nextGaussian()));
            }
        }
        return drawn;
    }

    /** The length of an embedding. */
    public int dimensions() {
        return tracks.columns();
    }

    /** The same model, with 0 in the rows of contexts and tracks that no row trained: what is there is the start's noise. */
    EmbeddingModel withoutUntrained(IntMatrix contextCounts, IntMatrix trackCounts) {
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
    EmbeddingModel copy() {
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
