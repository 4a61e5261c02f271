package dev.segue.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Σ C[c]⊙T[t]: the inner product of the embeddings of the context and the next track. Inputs: C[c], T[t], each rows × dimensions;
 * output: rows. The embeddings are inputs and not parameters of the block, since a batch needs only few rows of the tables.
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
