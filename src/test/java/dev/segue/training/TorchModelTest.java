package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.embedding.ModelType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchModelTest {

    private static final int ROWS = 3;
    private static final int DIMENSIONS = 4;

    @Test
    void theContextualModelPredictsTheInnerProduct() {
        try (var model = new TorchModel(ModelType.CONTEXTUAL, 2, 2, 1)) {
            model.contexts().put(new float[] {1, 2, 3, 4});
            model.tracks().put(new float[] {0.5f, -1, 2, 0.25f});
            float[] predictions = new float[2];
            model.predict(2, predictions);
            assertEquals(-1.5f, predictions[0]);
            assertEquals(7, predictions[1]);
        }
    }

    @Test
    void theNewModelPredictsTheSigmoidOfTasteAndInnerProduct() {
        try (var model = new TorchModel(ModelType.NEW, 2, 1, 1)) {
            model.contexts().put(new float[] {1, 2});
            model.tracks().put(new float[] {0.5f, -1});
            model.listeners().put(new float[] {3, 0.5f});
            model.linear().put(new float[] {0.2f, 0.4f, 0.1f});
            float[] predictions = new float[1];
            model.predict(1, predictions);
            double sum = 0.2 * 3 * 0.5 + 0.4 * 0.5 * -1 + 0.1 + (0.5 - 2);
            assertEquals(1 / (1 + Math.exp(-sum)), predictions[0], 1e-6);
        }
    }

    /** Compares with central differences of the loss for each input value. */
    @ParameterizedTest
    @EnumSource
    void gradientsMatchFiniteDifferences(ModelType type) {
        try (var model = new TorchModel(type, DIMENSIONS, ROWS, 1)) {
            List<FloatBuffer> inputs = new ArrayList<>(List.of(model.contexts(), model.tracks()));
            if (type.hasListeners()) {
                inputs.add(model.listeners());
                inputs.add(model.linear());
            }
            var random = new Random(1);
            inputs.forEach(input -> fill(input, random));
            model.times().put(new float[] {0.1f, 0.9f, 0.4f});
            List<float[]> gradients = new ArrayList<>();
            model.backward(ROWS, (contexts, tracks, listeners, linear) -> {
                gradients.add(copy(contexts));
                gradients.add(copy(tracks));
                if (listeners != null && linear != null) {
                    gradients.add(copy(listeners));
                    gradients.add(copy(linear));
                }
            });
            assertEquals(inputs.size(), gradients.size());
            for (int input = 0; input < inputs.size(); input++) {
                assertEquals(inputs.get(input).capacity(), gradients.get(input).length);
                for (int i = 0; i < gradients.get(input).length; i++) {
                    assertEquals(
                            difference(model, inputs.get(input), i),
                            gradients.get(input)[i],
                            2e-3,
                            "input " + input + ", value " + i);
                }
            }
        }
    }

    private static double difference(TorchModel model, FloatBuffer input, int index) {
        float step = 1e-2f;
        float value = input.get(index);
        input.put(index, value + step);
        double above = loss(model);
        input.put(index, value - step);
        double below = loss(model);
        input.put(index, value);
        return (above - below) / (2 * step);
    }

    private static double loss(TorchModel model) {
        return model.backward(ROWS, (contexts, tracks, listeners, linear) -> {});
    }

    @Test
    void theLossIsTheMeanSquaredErrorOrItsRoot() {
        try (var contextual = new TorchModel(ModelType.CONTEXTUAL, 1, 2, 1);
                var newModel = new TorchModel(ModelType.NEW, 1, 2, 1)) {
            contextual.contexts().put(new float[] {1, 1});
            contextual.tracks().put(new float[] {0.5f, 0});
            contextual.times().put(new float[] {0, 1});
            assertEquals((0.25 + 1) / 2, loss(contextual, 2), 1e-6);
            newModel.times().put(new float[] {0, 1}); // all inputs are 0, so it predicts 0.5
            assertEquals(0.5, loss(newModel, 2), 1e-6);
        }
    }

    @Test
    void aPerfectPredictionHasAFiniteGradient() {
        try (var model = new TorchModel(ModelType.NEW, 1, 1, 1)) {
            model.times().put(0, 0.5f);
            model.contexts().put(0, 0);
            model.tracks().put(0, 1);
            double loss = model.backward(1, (contexts, tracks, listeners, linear) -> {
                assertTrue(Float.isFinite(contexts.get(0)));
                assertTrue(linear != null && Float.isFinite(linear.get(1)));
            });
            assertEquals(0, loss, 1e-5);
        }
    }

    private static double loss(TorchModel model, int count) {
        return model.backward(count, (contexts, tracks, listeners, linear) -> {});
    }

    private static void fill(FloatBuffer buffer, Random random) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
    }

    private static float[] copy(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
