package dev.segue.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import dev.segue.embedding.ModelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model's forward and backward passes by PyTorch, on the engine's default device. Batches are passed in reused direct buffers, which
 * PyTorch reads without a copy.
 */
final class TorchModel implements AutoCloseable {

    private final ModelType type;
    private final int dimensions;
    private final Engine engine;
    private final NDManager manager;
    private final Block block;
    private final Loss loss;
    private final ParameterStore store;
    private final ByteBuffer contexts;
    private final ByteBuffer tracks;
    private final ByteBuffer listeners;
    private final ByteBuffer linear;
    private final ByteBuffer times;

    /** Receives the loss's gradients with respect to the inputs. The buffers are valid only during the call. */
    @FunctionalInterface
    interface Gradients {
        /** Receives the gradients of a batch.
         *
         * @param contexts rows × dimensions
         * @param tracks rows × dimensions
         * @param listeners rows × dimensions; null for the contextual model
         * @param linear dimensions + 1, the linear layer's weights and bias; null for the contextual model
         */
        void accept(
                FloatBuffer contexts,
                FloatBuffer tracks,
                @Nullable FloatBuffer listeners,
                @Nullable FloatBuffer linear);
    }

    /** @param batch maximum number of rows in a batch
     * @throws TrainingException if PyTorch cannot be started
     */
    TorchModel(ModelType type, int dimensions, int batch, int threads) {
        this.type = type;
        this.dimensions = dimensions;
        engine = TorchEngine.start(threads);
        manager = engine.newBaseManager();
        store = new ParameterStore(manager, false);
        loss = SquareLoss.of(type);
        block = type.hasListeners() ? new NewBlock() : new ContextualBlock();
        var row = new Shape(1, dimensions);
        block.initialize(manager, DataType.FLOAT32, row, row, row, row, new Shape(1));
        contexts = buffer(batch * dimensions);
        tracks = buffer(batch * dimensions);
        listeners = buffer(type.hasListeners() ? batch * dimensions : 0);
        linear = buffer(dimensions + 1);
        times = buffer(batch);
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    /** The input buffer of C[c], rows × dimensions. */
    FloatBuffer contexts() {
        return contexts.asFloatBuffer();
    }

    /** The input buffer of T[t], rows × dimensions. */
    FloatBuffer tracks() {
        return tracks.asFloatBuffer();
    }

    /** The input buffer of U[u], rows × dimensions. */
    FloatBuffer listeners() {
        return listeners.asFloatBuffer();
    }

    /** The input buffer of the times, rows. */
    FloatBuffer times() {
        return times.asFloatBuffer();
    }

    /** The input buffer of the linear layer, {@code dimensions} weights and the bias. */
    FloatBuffer linear() {
        return linear.asFloatBuffer();
    }

    /** Writes the predicted times of the batch in the input buffers to the start of {@code predictions}. */
    void predict(int count, float[] predictions) {
        try (NDManager batch = manager.newSubManager()) {
            NDArray predicted =
                    block.forward(store, inputs(batch, count), false).singletonOrThrow();
            predicted.toByteBuffer(true).asFloatBuffer().get(predictions, 0, count);
        }
    }

    /** Computes the gradients of the batch in the input buffers, and returns its loss. */
    double backward(int count, Gradients gradients) {
        try (NDManager batch = manager.newSubManager();
                GradientCollector collector = engine.newGradientCollector()) {
            NDList inputs = inputs(batch, count);
            inputs.forEach(input -> input.setRequiresGradient(true));
            NDList predicted = block.forward(store, inputs, true);
            NDArray error = loss.evaluate(new NDList(array(batch, times, 0, new Shape(count))), predicted);
            collector.backward(error);
            try (var arrays =
                    new NDList(inputs.stream().map(NDArray::getGradient).toList())) {
                List<FloatBuffer> byInput = arrays.stream()
                        .map(gradient -> gradient.toByteBuffer(true).asFloatBuffer())
                        .toList();
                gradients.accept(
                        byInput.get(0),
                        byInput.get(1),
                        type.hasListeners() ? byInput.get(2) : null,
                        type.hasListeners() ? joined(byInput.get(3), byInput.get(4)) : null);
            }
            return error.getFloat();
        }
    }

    private static FloatBuffer joined(FloatBuffer weights, FloatBuffer bias) {
        return FloatBuffer.allocate(weights.remaining() + bias.remaining())
                .put(weights)
                .put(bias)
                .flip();
    }

    private NDList inputs(NDManager batch, int count) {
        var shape = new Shape(count, dimensions);
        var inputs = new NDList(array(batch, contexts, 0, shape), array(batch, tracks, 0, shape));
        if (type.hasListeners()) {
            inputs.add(array(batch, listeners, 0, shape));
            inputs.add(array(batch, linear, 0, new Shape(1, dimensions)));
            inputs.add(array(batch, linear, dimensions, new Shape(1)));
        }
        return inputs;
    }

    /** An array that shares the values of a buffer from an index. */
    private static NDArray array(NDManager batch, ByteBuffer values, int first, Shape shape) {
        int bytes = Math.toIntExact(shape.size() * Float.BYTES);
        ByteBuffer used = values.slice(first * Float.BYTES, bytes).order(values.order());
        return batch.create(used, shape, DataType.FLOAT32);
    }

    @Override
    public void close() {
        manager.close();
    }
}
