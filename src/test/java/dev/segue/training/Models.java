package dev.segue.training;

import static dev.segue.catalog.Grids.grid;

import dev.segue.embedding.Context;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelType;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.IntMatrix;
import dev.segue.training.TrainingSettings.Decay;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Untrained models with values on a coarse grid, so that sums are exact and there are many ties. */
public final class Models {

    private Models() {}

    /** A model in which each third track has no training rows as context, and each fourth track has none as the next track. */
    public static ModelFolder some(ModelType type, int tracks, int listeners, int dimensions) {
        return of(
                type, tracks, listeners, dimensions, track -> track % 3 == 0 ? 0 : 2, track -> track % 4 == 0 ? 0 : 1);
    }

    static ModelFolder of(
            ModelType type,
            int tracks,
            int listeners,
            int dimensions,
            IntUnaryOperator contextCount,
            IntUnaryOperator trackCount) {
        boolean hasListeners = type.hasListeners();
        var settings =
                new TrainingSettings(type, Context.FIRST, dimensions, 0.01, 0.001, 0, Decay.LAZY, 10, 1, 1, 1, 1);
        var description = new ModelDescription(
                ModelDescription.FORMAT,
                settings,
                tracks,
                hasListeners ? listeners : 0,
                new ModelDescription.Data("none", 1, 1, 1, 1),
                new ModelDescription.Metrics(0.1, 0.2, 0.4),
                verdict(0.1),
                0.8,
                List.of(),
                1,
                1,
                1,
                new ModelDescription.Versions("1", "1", "17", "any"));
        var model = new EmbeddingModel(
                type,
                grid(tracks, dimensions, 1),
                grid(tracks, dimensions, 2),
                hasListeners ? grid(listeners, dimensions, 3) : null,
                hasListeners ? grid(1, dimensions + 1, 4) : null);
        return new ModelFolder(
                description,
                model,
                TrackRows.identity(tracks),
                counts(tracks, contextCount),
                counts(tracks, trackCount),
                IntStream.range(0, hasListeners ? listeners : 0)
                        .mapToObj(listener -> ListenerId.of(1000 - listener))
                        .toList());
    }

    /** Writes {@link #some} to a folder. */
    public static void write(ModelType type, int tracks, int listeners, Path folder) {
        some(type, tracks, listeners, 3).write(folder);
    }

    /** Writes {@link #some} with a gain over the mean with the interval ±0.01; null for a model without a verdict. */
    public static void write(ModelType type, int tracks, int listeners, Path folder, @Nullable Double gain) {
        ModelFolder model = some(type, tracks, listeners, 3);
        ModelDescription some = model.description();
        var description = new ModelDescription(
                some.format(),
                some.settings(),
                some.tracks(),
                some.listeners(),
                some.data(),
                some.metrics(),
                gain == null ? null : verdict(gain),
                some.artistDiscount(),
                some.epochs(),
                some.bestEpoch(),
                some.seconds(),
                some.rowsPerSecond(),
                some.versions());
        new ModelFolder(
                        description,
                        model.model(),
                        model.tracks(),
                        model.contextCounts(),
                        model.trackCounts(),
                        model.listeners())
                .write(folder);
    }

    private static Verdict verdict(double gain) {
        var interval = new Verdict.Gain(0.2, gain, gain - 0.01, gain + 0.01);
        return new Verdict(gain > 0.01, gain > 0.01, Verdict.Units.LISTENERS, 40, interval, interval);
    }

    private static IntMatrix counts(int tracks, IntUnaryOperator count) {
        return new IntMatrix(tracks, 1, IntStream.range(0, tracks).map(count).toArray());
    }
}
