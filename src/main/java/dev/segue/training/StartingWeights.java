package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;

/** The weights that a training begins with. */
final class StartingWeights {

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -12;

    private StartingWeights() {}

    /**
     * A model that has learned nothing: embeddings from N(0, deviation²), the linear layer uniform in ±1/√dimensions, as
     * PyTorch begins.
     */
    static EmbeddingModel draw(TrainingSettings settings, int tracks, int listeners) {
        boolean hasListeners = settings.type().hasListeners();
        return new EmbeddingModel(
                settings.type(),
                drawn(settings, 1, tracks, settings.dimensions()),
                drawn(settings, 2, tracks, settings.dimensions()),
                hasListeners ? drawn(settings, 3, listeners, settings.dimensions()) : null,
                hasListeners ? drawnLinear(settings) : null);
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
}
