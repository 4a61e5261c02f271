package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;

/** Draws the initial weights of a training. */
final class InitialWeights {

    /** The key of this class's random streams. */
    private static final long STREAM = -12;

    private InitialWeights() {}

    /** Draws embeddings from N(0, deviation²) and the linear layer uniformly from ±1/√dimensions, like PyTorch.
     */
    static EmbeddingModel draw(TrainingSettings settings, int tracks, int listeners) {
        boolean hasListeners = settings.type().hasListeners();
        return new EmbeddingModel(
                settings.type(),
                randomMatrix(settings, 1, tracks, settings.dimensions()),
                randomMatrix(settings, 2, tracks, settings.dimensions()),
                hasListeners ? randomMatrix(settings, 3, listeners, settings.dimensions()) : null,
                hasListeners ? randomLinear(settings) : null);
    }

    private static FloatMatrix randomLinear(TrainingSettings settings) {
        FloatMatrix linear = FloatMatrix.zeros(1, settings.dimensions() + 1);
        var random = new KeyedRandom(settings.seed(), STREAM, 4, 0);
        double bound = 1 / Math.sqrt(settings.dimensions());
        for (int column = 0; column < linear.columns(); column++) {
            linear.set(0, column, (float) (bound * (2 * random.nextDouble() - 1)));
        }
        return linear;
    }

    private static FloatMatrix randomMatrix(TrainingSettings settings, int table, int rows, int columns) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            var random = new KeyedRandom(settings.seed(), STREAM, table, row);
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) (settings.deviation() * random.nextGaussian()));
            }
        }
        return matrix;
    }
}
