package dev.segue.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Σ C[c]⊙T[t]: the inner product of the context's embedding and the next track's. Inputs: C[c], T[t], each rows × dimensions;
 * output: rows. The embeddings are inputs and no parameters of the block, since only a batch's rows of them are wanted.
 */
final class ContextualBlock extends AbstractBlock {

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        return new NDList(innerProducts(inputs));
    }

    static NDArray innerProducts(NDList inputs) {
        return inputs.get(0).mul(inputs.get(1)).sum(new int[] {1});
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0))};
    }
}
