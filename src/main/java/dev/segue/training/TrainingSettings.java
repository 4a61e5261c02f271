package dev.segue.training;

import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;

/**
 * How a model is trained.
 *
 * @param type which model
 * @param context what a row's context is
 * @param dimensions length of an embedding, 1 to 4096
 * @param deviation standard deviation of the embeddings' start, N(0, deviation²); with 1, PyTorch's default, training never gets
 *     better than the mean
 * @param learningRate Adam's, at the start
 * @param weightDecay added to a gradient as decay × weight
 * @param decay when weights decay
 * @param batch rows a step
 * @param epochs how many at most
 * @param patience so many epochs without a better validation loss, and training ends
 * @param plateau so many, and the learning rate is divided by 10
 * @param seed of split, start and order
 */
public record TrainingSettings(
        ModelType type,
        Context context,
        int dimensions,
        double deviation,
        double learningRate,
        double weightDecay,
        Decay decay,
        int batch,
        int epochs,
        int patience,
        int plateau,
        long seed) {

    /** When the weights of a row decay, and its moments with them. */
    public enum Decay {
        /** When a batch touches the row, as PyTorch's SparseAdam does. */
        LAZY,
        /** In every step, as PyTorch's Adam does: the steps that a row missed are made up for when it is next touched. */
        DENSE
    }

    public TrainingSettings {
        require(dimensions >= 1 && dimensions <= 4096, "dimensions must be 1 to 4096");
        require(deviation > 0 && deviation < 100, "the start's deviation must be above 0");
        require(learningRate > 0 && learningRate < 10, "the learning rate must be above 0 and below 10");
        require(weightDecay >= 0 && weightDecay < 1, "the weight decay must be 0 or more and below 1");
        require(batch >= 1 && batch <= 1 << 20, "a batch must have 1 to 1048576 rows");
        require(epochs >= 1, "there must be at least one epoch");
        require(patience >= 1 && plateau >= 1, "patience and plateau must be 1 epoch or more");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
