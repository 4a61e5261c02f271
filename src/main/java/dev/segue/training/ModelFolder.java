package dev.segue.training;

import dev.segue.catalog.ListenerIdsFile;
import dev.segue.catalog.TrackIdsFile;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelTables;
import dev.segue.embedding.ServedModel;
import dev.segue.file.CheckpointFolders;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.posterior.SessionModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An embedding model on disk. {@code model.json} is written last: if it exists, the model is complete. The embeddings of tracks without
 * training rows are 0. The other files may be gzipped afterwards, with the suffix {@code .gz}. The files are:
 *
 * <ul>
 *   <li>{@code context.npy}, {@code track.npy}: float32, tracks × dimensions, C and T
 *   <li>{@code context_count.npy}, {@code track_count.npy}: int32, tracks × 1, the number of training rows with the track as
 *       context and as the next track
 *   <li>{@code listener.npy}: float32, listeners × dimensions, U; {@code linear.npy}: float32, 1 × (dimensions + 1), weights
 *       and bias; {@code listeners.json}: the listeners' ids, a JSON value a line (all three only for the model {@code new})
 *   <li>{@code track_ids.json}: see {@link TrackIdsFile}
 *   <li>{@code model.json}: the {@link ModelDescription}
 * </ul>
 *
 * @param description the description of the model
 * @param model the model's parameters
 * @param tracks the tracks of the rows of C and T
 * @param contextCounts tracks × 1: the number of training rows with each track as context
 * @param trackCounts tracks × 1: the number of training rows with each track as the next track
 * @param listeners the listeners of the rows of U; empty for the contextual model
 */
public record ModelFolder(
        ModelDescription description,
        EmbeddingModel model,
        TrackRows tracks,
        IntMatrix contextCounts,
        IntMatrix trackCounts,
        List<ListenerId> listeners) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONTEXT_COUNTS = "context_count.npy";

    public ModelFolder {
        listeners = List.copyOf(listeners);
    }

    /** The rows of the tracks with at least {@code minRows} training rows as context, ascending. */
    int[] contextTracks(int minRows) {
        return tracksWithRows(contextCounts, minRows);
    }

    /** The rows of the tracks with training rows as the next track, ascending. */
    int[] playedTracks() {
        return tracksWithRows(trackCounts, 1);
    }

    private static int[] tracksWithRows(IntMatrix counts, int min) {
        return IntStream.range(0, counts.rows())
                .filter(row -> counts.get(row, 0) >= min)
                .toArray();
    }

    /** Writes the model.
     *
     * @throws FileException if a file cannot be written
     */
    void write(Path folder) {
        ModelTables.write(folder, "", model);
        TrackIdsFile.write(folder, tracks);
        NpyFile.write(folder.resolve(CONTEXT_COUNTS), contextCounts);
        NpyFile.write(folder.resolve(ServedModel.TRACK_COUNTS), trackCounts);
        if (model.type().hasListeners()) {
            ListenerIdsFile.write(folder.resolve(ServedModel.LISTENERS), listeners);
        }
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(description);
        OutputFile.write(folder.resolve(ServedModel.DESCRIPTION), out -> out.write(json));
    }

    /**
     * Reads a model.
     * @throws FileException if the folder has no embedding model, or a damaged one
     */
    public static ModelFolder read(Path folder) {
        Path file = folder.resolve(ServedModel.DESCRIPTION);
        if (!Files.exists(file)) {
            throw new FileException(
                    folder + " holds no model (" + ServedModel.DESCRIPTION + "); segue train makes one");
        }
        if (SessionModelFolder.isModel(folder)) {
            throw new FileException(folder
                    + " holds a session model, which does not have neighbours or lists; use a model of segue train --model"
                    + " contextual or new");
        }
        try {
            ModelDescription description = JSON.readValue(Files.readAllBytes(file), ModelDescription.class);
            EmbeddingModel model =
                    ModelTables.read(folder, "", description.settings().type());
            var modelFolder = new ModelFolder(
                    description,
                    model,
                    TrackIdsFile.read(folder, model.tracks().rows()),
                    NpyFile.readInts(ModelTables.file(folder, CONTEXT_COUNTS)),
                    NpyFile.readInts(ModelTables.file(folder, ServedModel.TRACK_COUNTS)),
                    model.type().hasListeners()
                            ? ListenerIdsFile.read(ModelTables.file(folder, ServedModel.LISTENERS))
                            : List.of());
            modelFolder.check(folder);
            return modelFolder;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new FileException(folder + " holds a damaged model (" + e.getMessage() + "); train it again", e);
        }
    }

    /** Removes a model's description and the checkpoints of its training. Other files in the folder are kept.
     *
     * @throws FileException if a file cannot be removed
     */
    public static void remove(Path folder) {
        try {
            Files.deleteIfExists(
                    folder.resolve(ServedModel.DESCRIPTION)); // first, since the other files are not a model without it
            CheckpointFolders.remove(folder);
        } catch (IOException e) {
            throw new FileException("cannot remove the model in " + folder + ": " + e, e);
        }
    }

    private void check(Path folder) {
        int rows = description.tracks();
        boolean sizesMatch = model.tracks().rows() == rows
                && model.dimensions() == description.settings().dimensions()
                && contextCounts.rows() == rows
                && trackCounts.rows() == rows
                && (model.listeners() == null || model.listeners().rows() == listeners.size());
        if (!sizesMatch) {
            throw new FileException(folder + ": the sizes of the files do not match; train the model again");
        }
    }
}
