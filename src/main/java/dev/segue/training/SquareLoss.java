package dev.segue.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import dev.segue.embedding.ModelType;

/** The mean squared error or its root. */
final class SquareLoss extends Loss {

    /** Keeps the root's gradient finite if the error is 0. */
    private static final float GUARD = 1e-12f;

    private final boolean root;

    private SquareLoss(String name, boolean root) {
        super(name);
        this.root = root;
    }

    /** The training loss of a model type. */
    static SquareLoss of(ModelType type) {
        return switch (type) {
            case CONTEXTUAL -> new SquareLoss("MSE", false);
            case NEW -> new SquareLoss("RMSE", true);
        };
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray mean = predictions
                .singletonOrThrow()
                .sub(labels.singletonOrThrow())
                .square()
                .mean();
        return root ? mean.add(GUARD).sqrt() : mean;
    }
}
