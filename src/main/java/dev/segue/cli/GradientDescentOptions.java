package dev.segue.cli;

import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;
import dev.segue.training.TrainingSettings;
import dev.segue.training.TrainingSettings.Decay;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of the models that are trained by gradient descent. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GradientDescentOptions {

    @Option(
            names = "--context",
            defaultValue = "FIRST",
            description = "Context of a row: the session's first track or the previous track. ${COMPLETION-CANDIDATES}")
    private Context context;

    @Option(
            names = "--deviation",
            paramLabel = "X",
            defaultValue = "0.01",
            description =
                    "Standard deviation of the initial embeddings. With 1, PyTorch's default, the model does not become"
                            + " better than predicting the mean.")
    private double deviation;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = "0.001",
            description = "Initial learning rate of Adam; divided by 10 on a plateau.")
    private double learningRate;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            defaultValue = "0.00001",
            description = "L2 regularization, added to the gradient.")
    private double weightDecay;

    @Option(
            names = "--decay",
            defaultValue = "LAZY",
            description =
                    "Weight decay of an embedding: LAZY in steps whose batch contains it, DENSE in every step, as in "
                            + "the original.")
    private Decay decay;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "2048", description = "Rows per step.")
    private int batch;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "100", description = "Maximum number of epochs.")
    private int epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "5",
            description = "Stop after N epochs without a smaller validation error.")
    private int patience;

    @Option(
            names = "--plateau",
            paramLabel = "N",
            defaultValue = "3",
            description = "Reduce the learning rate after more than N such epochs.")
    private int plateau;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads within PyTorch's operations; these are small, so one is fastest.")
    private int threads;

    @Spec(Target.SELF)
    private CommandSpec mixin;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    Context context() {
        return context;
    }

    int threads() {
        return threads;
    }

    TrainingSettings settings(ModelType type, int dimensions, long seed) {
        return new TrainingSettings(
                type,
                context,
                dimensions,
                deviation,
                learningRate,
                weightDecay,
                decay,
                batch,
                epochs,
                patience,
                plateau,
                seed);
    }

    /** Refuses these options for a model that is not trained by gradient descent. */
    void refuseAny() {
        List<String> names = mixin.options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .toList();
        Options.refuse(true, names, "is for the models contextual and new; leave it out", command);
    }
}
