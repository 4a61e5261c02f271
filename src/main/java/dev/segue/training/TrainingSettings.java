package dev.segue.training;

import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;

/** The settings of the training of an embedding model.
 *
 * @param type the model's type
 * @param context the context of a row
 * @param dimensions dimensions of an embedding, 1 to 4096
 * @param deviation standard deviation of the initial embeddings, which are drawn from N(0, deviation²); > 0 and < 100. With PyTorch's
 *     default of 1, training does not become better than predicting the mean
 * @param learningRate Adam's initial learning rate, > 0 and < 10
 * @param weightDecay L2 weight decay, added to the gradient as decay × weight; ≥ 0 and < 1
 * @param decay when weights decay
 * @param batch number of rows in a batch, 1 to 1048576
 * @param epochs maximum number of epochs, ≥ 1
 * @param patience number of epochs without a better validation error after which training stops, ≥ 1
 * @param plateau number of epochs without a better validation error that keep the learning rate; after one more it is divided by 10; ≥ 1
 * @param seed the seed of the split, the initial weights and the order of the rows
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

    /** When the weights and moments of a row decay. */
    public enum Decay {
        /** When a batch uses the row, like PyTorch's SparseAdam. */
        LAZY,
        /** In each step, like PyTorch's Adam. The missed steps of a row are applied when a batch next uses it. */
        DENSE
    }

    /** The defaults of {@code segue train}. */
    public static TrainingSettings defaults(ModelType type, Context context, long seed) {
        return new TrainingSettings(type, context, 100, 0.01, 1e-3, 1e-5, Decay.LAZY, 2048, 100, 5, 3, seed);
    }

    public TrainingSettings {
        require(dimensions >= 1 && dimensions <= 4096, "dimensions must be 1 to 4096");
        require(deviation > 0 && deviation < 100, "the deviation of the initial weights must be above 0 and below 100");
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
