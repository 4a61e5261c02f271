package dev.segue.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * sigmoid(Linear(U[u]⊙T[t]) + Σ C[c]⊙T[t]): the contextual model's inner product, and what the listener makes of the track.
 * Inputs: C[c], T[t], U[u], each rows × dimensions; output: rows.
 */
final class NewBlock extends AbstractBlock {

    private final Linear linear =
            addChildBlock("linear", Linear.builder().setUnits(1).build());

    /** The linear layer, dimensions → 1, with a bias. */
    Linear linear() {
        return linear;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray both = inputs.get(2).mul(inputs.get(1));
        NDArray taste = linear.forward(store, new NDList(both), training).singletonOrThrow();
        return new NDList(Activation.sigmoid(taste.squeeze(1).add(ContextualBlock.innerProducts(inputs))));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        linear.initialize(manager, dataType, inputs[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0))};
    }
}
