package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ServedModel;
import dev.segue.file.CheckpointFolders;
import dev.segue.matrix.IntMatrix;
import dev.segue.training.Checkpoint.Run;
import dev.segue.training.History.Epoch;
import dev.segue.training.ModelDescription.Data;
import dev.segue.training.ModelDescription.Metrics;
import dev.segue.training.ModelDescription.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/** From rows to a model: epochs with a checkpoint after each, until the validation error does not fall any more. */
public final class Training {

    private final TrainingRows rows;
    private final int tracks;
    private final IntUnaryOperator artistOf;
    private final TrainingSettings settings;
    private final Path folder;
    private final int threads;
    private final Watcher watcher;

    /** Is told how a training goes. */
    public interface Watcher {
        /** An epoch has come to a row. */
        void row(int epoch, long row, long of);

        /** An epoch has ended. */
        void epoch(Epoch epoch);

        /** Something failed that the model does not need. */
        void warning(String message);
    }

    /**
     * @param tracks how many tracks the catalog has; rows name no others
     * @param artistOf a number for each track's artist; negative if the artist is not known
     * @param folder where checkpoints and the model go
     * @param threads of PyTorch
     */
    public Training(
            TrainingRows rows,
            int tracks,
            IntUnaryOperator artistOf,
            TrainingSettings settings,
            Path folder,
            int threads,
            Watcher watcher) {
        this.rows = rows;
        this.tracks = tracks;
        this.artistOf = artistOf;
        this.settings = settings;
        this.folder = folder;
        this.threads = threads;
        this.watcher = watcher;
    }

    /**
     * Trains, from the folder's checkpoint if there is one, and writes the model.
     *
     * @param stop tells when to end before the next epoch; the checkpoint stays then
     * @return the model; empty if it was stopped
     * @throws TrainingException if the folder holds another training's checkpoint or a model, the rows are too few, the loss
     *     is not finite, or the checkpoint cannot be written
     */
    public Optional<ModelFolder> run(BooleanSupplier stop) {
        if (ServedModel.isModel(folder)) {
            throw new TrainingException(folder + " holds a model already; name another folder, or --restart");
        }
        TrainValidationTestSplit split = TrainValidationTestSplit.of(rows, settings.seed());
        var run = new Run(settings, rows.fingerprint(), tracks);
        Checkpoint checkpoint = Checkpoint.last(folder).orElseGet(() -> beginning(run));
        requireSame(run, checkpoint.run());
        try (Trainer fit =
                new Trainer(rows, settings, checkpoint.model(), checkpoint.moments(), checkpoint.step(), threads)) {
            while (!isOver(checkpoint.history())) {
                if (stop.getAsBoolean()) {
                    return Optional.empty();
                }
                checkpoint = epoch(fit, split, checkpoint);
                checkpoint.write(folder);
            }
        }
        ModelFolder result = result(checkpoint, split);
        LossChart.write(folder.resolve("loss.png"), checkpoint.history(), settings.type())
                .ifPresent(watcher::warning);
        result.write(folder);
        removeCheckpoints();
        return Optional.of(result);
    }

    private void removeCheckpoints() {
        try {
            CheckpointFolders.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checkpoint beginning(Run run) {
        EmbeddingModel start =
                StartingWeights.draw(settings, tracks, rows.listenerIds().size());
        return new Checkpoint(run, new History(List.of()), 0, start, List.of(), start);
    }

    private void requireSame(Run run, Run kept) {
        if (!run.equals(kept)) {
            throw new TrainingException(folder + " holds the checkpoint of another training ("
                    + (run.settings().equals(kept.settings()) ? "other data" : "other settings")
                    + "); name another folder, or --restart to throw it away");
        }
    }

    private boolean isOver(History history) {
        return history.epochs().size() >= settings.epochs()
                || (!history.epochs().isEmpty() && history.hasStalled(settings.patience()));
    }

    private Checkpoint epoch(Trainer fit, TrainValidationTestSplit split, Checkpoint before) {
        long begun = System.nanoTime();
        int number = before.history().epochs().size() + 1;
        double rate = before.history().nextLearningRate(settings.learningRate(), settings.plateau());
        int[] order = split.shuffled(settings.seed(), number);
        double loss = fit.epoch(order, rate, row -> watcher.row(number, row, order.length));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double validation = Math.sqrt(fit.meanSquaredError(split.validation()));
        if (!Double.isFinite(loss) || !Double.isFinite(validation)) {
            throw new TrainingException("the loss is not a number any more in epoch " + number
                    + "; lower --learning-rate and --restart"
                    + (number > 1 ? " (the checkpoint of epoch " + (number - 1) + " is kept)" : ""));
        }
        var epoch = new Epoch(number, loss, validation, rate, seconds);
        watcher.epoch(epoch);
        History history = before.history().with(epoch);
        EmbeddingModel best = history.best() == number ? fit.model().copy() : before.best();
        return new Checkpoint(before.run(), history, fit.step(), fit.model(), fit.moments(), best);
    }

    private ModelFolder result(Checkpoint last, TrainValidationTestSplit split) {
        History history = last.history();
        IntMatrix contextCounts = counts(split, rows::context);
        IntMatrix trackCounts = counts(split, rows::track);
        EmbeddingModel model = last.best().withoutUntrained(contextCounts, trackCounts);
        double[] test;
        double discount;
        try (Trainer fit = new Trainer(rows, settings, model, List.of(), 0, threads)) {
            test = fit.squaredErrors(split.test());
            discount = artistDiscount(fit, split.validation());
        }
        var baselines = new Baselines(rows, split, tracks);
        double[] mean = baselines.mean();
        double seconds = history.epochs().stream().mapToDouble(Epoch::seconds).sum();
        double[] sorted =
                history.epochs().stream().mapToDouble(Epoch::seconds).sorted().toArray();
        var description = new ModelDescription(
                ModelDescription.FORMAT,
                settings,
                tracks,
                rows.listenerIds().size(),
                new Data(
                        rows.fingerprint(),
                        rows.sessions(),
                        split.training().length,
                        split.validation().length,
                        split.test().length),
                new Metrics(
                        Baselines.mean(test), Baselines.mean(mean), Baselines.mean(baselines.random(settings.seed()))),
                Verdict.of(rows, split.test(), test, mean, baselines.trackMeans()),
                discount,
                history.epochs(),
                history.best(),
                seconds,
                split.training().length / sorted[sorted.length / 2],
                versions());
        return new ModelFolder(
                description,
                model,
                contextCounts,
                trackCounts,
                settings.type().hasListeners() ? rows.listenerIds() : List.of());
    }

    private double artistDiscount(Trainer fit, int[] chosen) {
        int[] repeats = ArtistDiscount.repeats(rows, artistOf);
        double[] predictions = fit.predictions(chosen);
        var discount = new ArtistDiscount();
        for (int i = 0; i < chosen.length; i++) {
            int row = chosen[i];
            if (repeats[row] >= 0) {
                discount.add(repeats[row], predictions[i], rows.time(row));
            }
        }
        return discount.estimate();
    }

    private IntMatrix counts(TrainValidationTestSplit split, IntUnaryOperator trackOf) {
        int[] counts = new int[tracks];
        for (int row : split.training()) {
            counts[trackOf.applyAsInt(row)]++;
        }
        return new IntMatrix(tracks, 1, counts);
    }

    private static Versions versions() {
        String segue = Training.class.getPackage().getImplementationVersion();
        return new Versions(
                segue == null ? "unknown" : segue,
                TorchEngine.version(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
