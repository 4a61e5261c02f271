package dev.segue.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * sigmoid(Linear(U[u]⊙T[t]) + Σ C[c]⊙T[t]): the contextual model's inner product plus the listener's taste.
 * Inputs: C[c], T[t], U[u], each rows × dimensions; the linear layer's weights, 1 × dimensions, and its bias, 1. Output: rows.
 */
final class NewBlock extends AbstractBlock {

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray products = inputs.get(2).mul(inputs.get(1));
        NDArray taste = Linear.linear(products, inputs.get(3), inputs.get(4)).singletonOrThrow();
        return new NDList(Activation.sigmoid(taste.squeeze(1).add(ContextualBlock.innerProducts(inputs))));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0))};
    }
}
