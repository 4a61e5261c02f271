package dev.segue.learn;

import dev.segue.training.Verdict;
import dev.segue.training.Verdict.Gain;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a stage.
 *
 * @param name what was learned, such as {@code session}
 * @param targets the files and folders that were learned; not yet in place
 * @param mse mean squared error of the played share on held-out playbacks; NaN without a model
 * @param verdict the comparison of the model with simple predictions; null without a model
 * @param overPresent the gain over the present model; null if there is none
 * @param refusal the reason why the targets are not replaced; null if they are
 */
public record LearnedStage(
        String name,
        List<Path> targets,
        double mse,
        @Nullable Verdict verdict,
        @Nullable Gain overPresent,
        @Nullable String refusal) {

    public LearnedStage {
        targets = List.copyOf(targets);
    }

    /** A stage without a model. */
    static LearnedStage of(String name, Path target) {
        return new LearnedStage(name, List.of(target), Double.NaN, null, null, null);
    }

    /** A stage with a model, which is refused if it is not better than the mean, or significantly worse than the present model. */
    static LearnedStage of(String name, List<Path> targets, double mse, Verdict verdict, @Nullable Gain overPresent) {
        String refusal = null;
        if (!verdict.betterThanMean()) {
            refusal = "it is not better than always predicting the mean; log more sessions";
        } else if (overPresent != null && overPresent.upper() < 0) {
            refusal = "it is significantly worse than the present model";
        }
        return new LearnedStage(name, targets, mse, verdict, overPresent, refusal);
    }

    LearnedStage refused(String reason) {
        return new LearnedStage(name, targets, mse, verdict, overPresent, reason);
    }

    LearnedStage accepted() {
        return new LearnedStage(name, targets, mse, verdict, overPresent, null);
    }
}
