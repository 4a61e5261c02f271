package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.matrix.FloatMatrix;
import dev.segue.training.TrainingSettings.Decay;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Trains the parameters of a model. Java stores and updates the embeddings; PyTorch computes the passes of each batch. */
final class Trainer implements AutoCloseable {

    private static final int[] ONLY_ROW = {0};

    private final TrainingRows rows;
    private final TrainingSettings settings;
    private final EmbeddingModel model;
    private final AdamSchedule schedule;
    private final AdamTable contexts;
    private final AdamTable tracks;
    private final @Nullable AdamTable listeners;
    private final @Nullable AdamTable linear;
    private final TorchModel torch;

    private final int[] contextRows;
    private final int[] trackRows;
    private final int[] listenerRows;
    private final float[] predictions;

    /** @param model the model to start from; changed in place
     * @param moments Adam's moments, in the order of {@link #moments}; empty at the start
     * @param step the number of previous steps
     */
    Trainer(
            TrainingRows rows,
            TrainingSettings settings,
            EmbeddingModel model,
            List<FloatMatrix> moments,
            int step,
            int threads) {
        this.rows = rows;
        this.settings = settings;
        this.model = model;
        schedule = new AdamSchedule(step, settings.learningRate());
        contexts = table(model.contexts(), moments, 0);
        tracks = table(model.tracks(), moments, 2);
        listeners = model.listeners() == null ? null : table(model.listeners(), moments, 4);
        linear = model.linear() == null ? null : table(model.linear(), moments, 6);
        contextRows = new int[settings.batch()];
        trackRows = new int[settings.batch()];
        listenerRows = new int[settings.batch()];
        predictions = new float[settings.batch()];
        torch = new TorchModel(settings.type(), settings.dimensions(), settings.batch(), threads);
    }

    private AdamTable table(FloatMatrix weights, List<FloatMatrix> moments, int index) {
        Decay decay = settings.decay();
        return moments.isEmpty()
                ? new AdamTable(weights, schedule, decay, settings.weightDecay(), settings.batch())
                : new AdamTable(
                        weights,
                        moments.get(index),
                        moments.get(index + 1),
                        schedule,
                        decay,
                        settings.weightDecay(),
                        settings.batch());
    }

    /** Trains on the rows in the given order.
     *
     * @param progress receives the number of rows so far, after each batch
     * @return the mean of the batches' losses
     */
    double epoch(int[] order, double learningRate, LongConsumer progress) {
        schedule.learningRate(learningRate);
        double sum = 0;
        int batches = 0;
        for (int first = 0; first < order.length; first += settings.batch()) {
            int count = Math.min(settings.batch(), order.length - first);
            schedule.startStep();
            load(order, first, count, schedule.step() - 1);
            sum += torch.backward(count, (byContext, byTrack, byListener, byLinear) -> {
                List<Runnable> updates = new ArrayList<>();
                updates.add(() -> contexts.update(contextRows, count, byContext));
                updates.add(() -> tracks.update(trackRows, count, byTrack));
                if (listeners != null && linear != null) {
                    updates.add(() -> listeners.update(listenerRows, count, Objects.requireNonNull(byListener)));
                    updates.add(() -> linear.update(ONLY_ROW, 1, Objects.requireNonNull(byLinear)));
                }
                updates.parallelStream().forEach(Runnable::run); // the tables are independent
            });
            batches++;
            progress.accept(first + count);
        }
        tables().forEach(AdamTable::catchUpAll);
        return sum / batches;
    }

    /** Copies the embeddings of a batch's rows, in their state after a step, to the input buffers. */
    private void load(int[] order, int first, int count, int step) {
        FloatBuffer times = torch.times();
        for (int i = 0; i < count; i++) {
            int row = order[first + i];
            contextRows[i] = rows.context(row);
            trackRows[i] = rows.track(row);
            listenerRows[i] = rows.listener(row);
            times.put(i, rows.time(row));
        }
        contexts.gather(contextRows, count, step, torch.contexts());
        tracks.gather(trackRows, count, step, torch.tracks());
        if (listeners != null && linear != null) {
            listeners.gather(listenerRows, count, step, torch.listeners());
            torch.linear().put(linear.weights().values());
        }
    }

    /** The mean squared error over the selected rows. */
    double meanSquaredError(int[] selectedRows) {
        return Baselines.mean(squaredErrors(selectedRows));
    }

    /** The squared error of each selected row. */
    double[] squaredErrors(int[] selectedRows) {
        double[] errors = predictions(selectedRows);
        for (int i = 0; i < selectedRows.length; i++) {
            double error = errors[i] - rows.time(selectedRows[i]);
            errors[i] = error * error;
        }
        return errors;
    }

    /** The prediction for each selected row. */
    double[] predictions(int[] selectedRows) {
        double[] all = new double[selectedRows.length];
        for (int first = 0; first < selectedRows.length; first += settings.batch()) {
            int count = Math.min(settings.batch(), selectedRows.length - first);
            load(selectedRows, first, count, schedule.step());
            torch.predict(count, predictions);
            for (int i = 0; i < count; i++) {
                all[first + i] = predictions[i];
            }
        }
        return all;
    }

    /** The current model. Valid after an epoch. */
    EmbeddingModel model() {
        return model;
    }

    /** The number of steps. */
    int step() {
        return schedule.step();
    }

    /** The first and second moments of contexts, tracks and, if the model has them, listeners and linear layer. */
    List<FloatMatrix> moments() {
        List<FloatMatrix> moments = new ArrayList<>();
        tables().forEach(table -> {
            moments.add(table.firstMoments());
            moments.add(table.secondMoments());
        });
        return moments;
    }

    private List<AdamTable> tables() {
        return listeners == null || linear == null
                ? List.of(contexts, tracks)
                : List.of(contexts, tracks, listeners, linear);
    }

    @Override
    public void close() {
        torch.close();
    }
}
