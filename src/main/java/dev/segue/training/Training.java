package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ServedModel;
import dev.segue.file.CheckpointFolders;
import dev.segue.id.TrackRows;
import dev.segue.matrix.IntMatrix;
import dev.segue.platform.Build;
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

/** Trains an embedding model. Writes a checkpoint after each epoch, and stops when the validation error stops improving. */
public final class Training {

    private final TrainingRows rows;
    private final TrackRows tracks;
    private final IntUnaryOperator artistOf;
    private final TrainingSettings settings;
    private final Path folder;
    private final int threads;
    private final Watcher watcher;

    /** Observes a training. */
    public interface Watcher {
        /** Called after each batch of an epoch, with the number of rows so far and in the epoch. */
        void row(int epoch, long row, long of);

        /** Called after each epoch. */
        void epoch(Epoch epoch);

        /** Called for an error that does not affect the model. */
        void warning(String message);
    }

    /** @param tracks the tracks of the catalog
     * @param artistOf returns the number of the artist of a track's row; negative if the artist is unknown
     * @param folder the folder of the checkpoints and the model
     * @param threads PyTorch's number of threads
     */
    public Training(
            TrainingRows rows,
            TrackRows tracks,
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

    /** Trains and writes the model; resumes from the folder's checkpoint if there is one.
     *
     * @param stop returns true to stop before the next epoch; the checkpoint is kept
     * @return the model; empty if the training was stopped
     * @throws TrainingException if the folder contains a model or the checkpoint of another training, there are too few rows, the loss is
     *     not finite, or a checkpoint cannot be written
     */
    public Optional<ModelFolder> run(BooleanSupplier stop) {
        if (ServedModel.isModel(folder)) {
            throw new TrainingException(folder + " holds a model already; name another folder, or --restart");
        }
        TrainValidationTestSplit split = TrainValidationTestSplit.of(rows, settings.seed());
        var run = new Run(settings, rows.fingerprint(), tracks.size());
        Checkpoint checkpoint = Checkpoint.last(folder).orElseGet(() -> initialCheckpoint(run));
        requireSame(run, checkpoint.run());
        try (Trainer trainer =
                new Trainer(rows, settings, checkpoint.model(), checkpoint.moments(), checkpoint.step(), threads)) {
            while (!isOver(checkpoint.history())) {
                if (stop.getAsBoolean()) {
                    return Optional.empty();
                }
                checkpoint = epoch(trainer, split, checkpoint);
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

    private Checkpoint initialCheckpoint(Run run) {
        EmbeddingModel start =
                InitialWeights.draw(settings, tracks.size(), rows.listenerIds().size());
        return new Checkpoint(run, new History(List.of()), 0, start, List.of(), start);
    }

    private void requireSame(Run run, Run checkpointRun) {
        if (!run.equals(checkpointRun)) {
            throw new TrainingException(folder + " holds the checkpoint of another training ("
                    + (run.settings().equals(checkpointRun.settings()) ? "other data" : "other settings")
                    + "); name another folder, or --restart to discard it");
        }
    }

    private boolean isOver(History history) {
        return history.epochs().size() >= settings.epochs()
                || (!history.epochs().isEmpty() && history.hasStalled(settings.patience()));
    }

    private Checkpoint epoch(Trainer trainer, TrainValidationTestSplit split, Checkpoint previous) {
        long startNanos = System.nanoTime();
        int number = previous.history().epochs().size() + 1;
        double rate = previous.history().nextLearningRate(settings.learningRate(), settings.plateau());
        int[] order = split.shuffled(settings.seed(), number);
        double loss = trainer.epoch(order, rate, row -> watcher.row(number, row, order.length));
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double validation = Math.sqrt(trainer.meanSquaredError(split.validation()));
        if (!Double.isFinite(loss) || !Double.isFinite(validation)) {
            throw new TrainingException("the loss is not a finite number in epoch " + number
                    + "; lower --learning-rate and --restart"
                    + (number > 1 ? " (the checkpoint of epoch " + (number - 1) + " is kept)" : ""));
        }
        var epoch = new Epoch(number, loss, validation, rate, seconds);
        watcher.epoch(epoch);
        History history = previous.history().with(epoch);
        EmbeddingModel best = history.best() == number ? trainer.model().copy() : previous.best();
        return new Checkpoint(previous.run(), history, trainer.step(), trainer.model(), trainer.moments(), best);
    }

    private ModelFolder result(Checkpoint last, TrainValidationTestSplit split) {
        History history = last.history();
        IntMatrix contextCounts = counts(split, rows::context);
        IntMatrix trackCounts = counts(split, rows::track);
        EmbeddingModel model = last.best().withoutUntrained(contextCounts, trackCounts);
        double[] test;
        double discount;
        try (Trainer trainer = new Trainer(rows, settings, model, List.of(), 0, threads)) {
            test = trainer.squaredErrors(split.test());
            discount = artistDiscount(trainer, split.validation());
        }
        var baselines = new Baselines(rows, split, tracks.size());
        double[] mean = baselines.mean();
        double seconds = history.epochs().stream().mapToDouble(Epoch::seconds).sum();
        double[] sorted =
                history.epochs().stream().mapToDouble(Epoch::seconds).sorted().toArray();
        var description = new ModelDescription(
                ModelDescription.FORMAT,
                settings,
                tracks.size(),
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
                tracks,
                contextCounts,
                trackCounts,
                settings.type().hasListeners() ? rows.listenerIds() : List.of());
    }

    private double artistDiscount(Trainer trainer, int[] selectedRows) {
        int[] repeats = ArtistDiscount.repeats(rows, artistOf);
        double[] predictions = trainer.predictions(selectedRows);
        var discount = new ArtistDiscount();
        for (int i = 0; i < selectedRows.length; i++) {
            int row = selectedRows[i];
            if (repeats[row] >= 0) {
                discount.add(repeats[row], predictions[i], rows.time(row));
            }
        }
        return discount.estimate();
    }

    private IntMatrix counts(TrainValidationTestSplit split, IntUnaryOperator trackOf) {
        int[] counts = new int[tracks.size()];
        for (int row : split.training()) {
            counts[trackOf.applyAsInt(row)]++;
        }
        return new IntMatrix(tracks.size(), 1, counts);
    }

    private static Versions versions() {
        return new Versions(
                Build.current().version(),
                TorchEngine.version(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
