package dev.segue.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import dev.segue.embedding.ModelType;

/** Mean squared error, or its root. */
final class SquareLoss extends Loss {

    /** Keeps the root's gradient finite where the error is zero. */
    private static final float GUARD = 1e-12f;

    private final boolean root;

    private SquareLoss(String name, boolean root) {
        super(name);
        this.root = root;
    }

    /** The loss that a model is trained by. */
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
