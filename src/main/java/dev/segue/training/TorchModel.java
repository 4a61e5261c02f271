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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's forward and backward passes, by PyTorch on the engine's default device. Batches go in through buffers outside of
 * the heap, which are reused, and which PyTorch reads where they are.
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
    private final ByteBuffer times;

    /** Takes the loss's gradients by what went in, as long as it runs. */
    @FunctionalInterface
    interface Gradients {
        /**
         * A batch's gradients.
         *
         * @param contexts rows × dimensions
         * @param tracks rows × dimensions
         * @param listeners rows × dimensions; null for the contextual model
         * @param linear by the linear layer's weights, then its bias; null for the contextual model
         */
        void accept(
                FloatBuffer contexts,
                FloatBuffer tracks,
                @Nullable FloatBuffer listeners,
                @Nullable FloatBuffer linear);
    }

    /**
     * @param batch rows at once, at most
     * @throws TrainingException if there is no native library for this platform
     */
    TorchModel(ModelType type, int dimensions, int batch, int threads) {
        this.type = type;
        this.dimensions = dimensions;
        engine = TorchEngine.start(threads);
        manager = engine.newBaseManager();
        store = new ParameterStore(manager, false);
        loss = SquareLoss.of(type);
        block = type.knowsListeners() ? new NewBlock() : new ContextualBlock();
        var row = new Shape(1, dimensions);
        block.initialize(manager, DataType.FLOAT32, row, row, row);
        for (var parameter : block.getParameters().values()) {
            parameter.getArray().setRequiresGradient(true);
        }
        contexts = buffer(batch * dimensions);
        tracks = buffer(batch * dimensions);
        listeners = buffer(type.knowsListeners() ? batch * dimensions : 0);
        times = buffer(batch);
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    /** Where a batch's C[c] go, rows × dimensions. */
    FloatBuffer contexts() {
        return contexts.asFloatBuffer();
    }

    /** Where a batch's T[t] go, rows × dimensions. */
    FloatBuffer tracks() {
        return tracks.asFloatBuffer();
    }

    /** Where a batch's U[u] go, rows × dimensions. */
    FloatBuffer listeners() {
        return listeners.asFloatBuffer();
    }

    /** Where a batch's times go. */
    FloatBuffer times() {
        return times.asFloatBuffer();
    }

    /** Sets the linear layer: {@code dimensions} weights, then the bias. */
    void setLinear(float[] values) {
        array("weight").set(FloatBuffer.wrap(values, 0, dimensions).slice());
        array("bias").set(FloatBuffer.wrap(values, dimensions, 1).slice());
    }

    private NDArray array(String name) {
        for (var parameter : block.getParameters()) {
            if (parameter.getKey().endsWith(name)) {
                return parameter.getValue().getArray();
            }
        }
        throw new IllegalStateException("the model has no " + name);
    }

    /** The predicted times of the batch in the buffers, to the start of {@code predictions}. */
    void predict(int count, float[] predictions) {
        try (NDManager batch = manager.newSubManager()) {
            NDArray predicted =
                    block.forward(store, inputs(batch, count), false).singletonOrThrow();
            predicted.toByteBuffer().asFloatBuffer().get(predictions, 0, count);
        }
    }

    /** The loss of the batch in the buffers, and its gradients. */
    double backward(int count, Gradients gradients) {
        try (NDManager batch = manager.newSubManager();
                GradientCollector collector = engine.newGradientCollector()) {
            NDList inputs = inputs(batch, count);
            inputs.forEach(input -> input.setRequiresGradient(true));
            NDList predicted = block.forward(store, inputs, true);
            NDArray error = loss.evaluate(new NDList(rows(batch, times, new Shape(count))), predicted);
            collector.backward(error);
            try (var found =
                    new NDList(inputs.stream().map(NDArray::getGradient).toList())) {
                List<FloatBuffer> byInput = found.stream()
                        .map(gradient -> gradient.toByteBuffer().asFloatBuffer())
                        .toList();
                gradients.accept(
                        byInput.get(0),
                        byInput.get(1),
                        type.knowsListeners() ? byInput.get(2) : null,
                        type.knowsListeners() ? linearGradient() : null);
            }
            return error.getFloat();
        }
    }

    private FloatBuffer linearGradient() {
        FloatBuffer gradient = FloatBuffer.allocate(dimensions + 1);
        for (String name : List.of("weight", "bias")) {
            try (NDArray found = array(name).getGradient()) {
                gradient.put(found.toByteBuffer().asFloatBuffer());
            }
        }
        return gradient.flip();
    }

    private NDList inputs(NDManager batch, int count) {
        var shape = new Shape(count, dimensions);
        var inputs = new NDList(rows(batch, contexts, shape), rows(batch, tracks, shape));
        if (type.knowsListeners()) {
            inputs.add(rows(batch, listeners, shape));
        }
        return inputs;
    }

    private static NDArray rows(NDManager batch, ByteBuffer values, Shape shape) {
        ByteBuffer used = values.duplicate().order(values.order());
        used.limit(Math.toIntExact(shape.size() * Float.BYTES));
        return batch.create(used, shape, DataType.FLOAT32);
    }

    @Override
    public void close() {
        manager.close();
    }
}
