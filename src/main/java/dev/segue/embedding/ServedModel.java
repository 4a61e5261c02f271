package dev.segue.embedding;

import dev.segue.catalog.ListenerIdsFile;
import dev.segue.catalog.TrackIdsFile;
import dev.segue.file.FileException;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a trained embedding model that is served.
 *
 * @param model the embeddings
 * @param context the context track of predictions, as in training
 * @param artistDiscount the factor of the played share for each earlier track of the same artist in the session, 0 to 1; 1 for models of
 *     older versions, which did not estimate it
 * @param tracks the tracks of the rows of C and T
 * @param trackCounts tracks × 1: the number of training rows in which each track was played
 * @param listeners the listeners of the rows of U; empty for the contextual model
 * @param betterThanMean whether the model's test error was lower than that of the mean; null if it was not tested
 * @param fingerprint a checksum of the description, 8 hexadecimal digits. The description identifies the training data and settings, so
 *     the fingerprint identifies the weights, too
 */
public record ServedModel(
        EmbeddingModel model,
        Context context,
        double artistDiscount,
        TrackRows tracks,
        IntMatrix trackCounts,
        List<ListenerId> listeners,
        @Nullable Boolean betterThanMean,
        String fingerprint) {

    /** The name of the file that describes a model. */
    public static final String DESCRIPTION = "model.json";

    /** The name of the file of {@link #trackCounts}. */
    public static final String TRACK_COUNTS = "track_count.npy";

    /** The name of the file of {@link #listeners}. */
    public static final String LISTENERS = "listeners.json";

    private static final JsonMapper JSON = new JsonMapper();

    public ServedModel {
        listeners = List.copyOf(listeners);
        if (!(artistDiscount >= 0 && artistDiscount <= 1)) {
            throw new IllegalArgumentException("the artist discount must be from 0 to 1, is " + artistDiscount);
        }
        boolean fits = trackCounts.rows() == model.tracks().rows()
                && tracks.size() == model.tracks().rows()
                && (model.listeners() == null || model.listeners().rows() == listeners.size());
        if (!fits) {
            throw new IllegalArgumentException("the sizes of the files do not match");
        }
    }

    /** Whether a folder contains a model. */
    public static boolean isModel(Path folder) {
        return Files.exists(folder.resolve(DESCRIPTION));
    }

    private record Description(
            @Nullable Settings settings,
            @Nullable Double artistDiscount,
            @Nullable Verdict verdict) {}

    private record Settings(ModelType type, Context context) {}

    private record Verdict(boolean betterThanMean) {}

    /** Reads a model.
     *
     * @throws FileException if the folder has no model, a model of another kind, or a damaged model
     */
    public static ServedModel read(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.exists(file)) {
            throw new FileException(
                    folder + " holds no model (" + DESCRIPTION + "); segue train --model new makes one");
        }
        try {
            byte[] json = Files.readAllBytes(file);
            Description description = JSON.readValue(json, Description.class);
            if (description.settings == null) {
                throw new FileException(folder + " holds a model of another kind; segue train --model new makes one");
            }
            ModelType type = description.settings.type;
            var checksum = new CRC32C();
            checksum.update(json);
            EmbeddingModel model = ModelTables.read(folder, "", type);
            return new ServedModel(
                    model,
                    description.settings.context,
                    description.artistDiscount == null ? 1 : description.artistDiscount,
                    TrackIdsFile.read(folder, model.tracks().rows()),
                    NpyFile.readInts(ModelTables.file(folder, TRACK_COUNTS)),
                    type.hasListeners() ? ListenerIdsFile.read(ModelTables.file(folder, LISTENERS)) : List.of(),
                    description.verdict == null ? null : description.verdict.betterThanMean,
                    String.format(Locale.ROOT, "%08x", checksum.getValue()));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new FileException(folder + " holds a damaged model (" + e.getMessage() + "); train it again", e);
        }
    }
}
