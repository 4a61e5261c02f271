package dev.segue.training;

import dev.segue.catalog.ListenerIdsFile;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelTables;
import dev.segue.embedding.ServedModel;
import dev.segue.file.CheckpointFolders;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.listener.ListenerId;
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
 * A trained model on the disk. {@code model.json} is written last: where it is, all is. Rows that were never trained are 0. The other
 * files may be gzipped afterwards, with {@code .gz} behind their names.
 *
 * <ul>
 *   <li>{@code context.npy}, {@code track.npy}: float32, tracks × dimensions, C and T
 *   <li>{@code context_count.npy}, {@code track_count.npy}: int32, tracks × 1, how many training rows had the track as context, or as
 *       what was played next: 0 means that its row was never trained
 *   <li>{@code listener.npy}: float32, listeners × dimensions, U; {@code linear.npy}: float32, 1 × (dimensions + 1), weights
 *       and bias; {@code listeners.json}: the listeners' ids, a JSON value a line (all three for the model {@code new} alone)
 *   <li>{@code model.json}: what it is
 * </ul>
 *
 * @param description what the model is
 * @param model what it has learned
 * @param contextCounts tracks × 1
 * @param trackCounts tracks × 1
 * @param listeners the listeners of the rows of U; empty for the contextual model
 */
public record ModelFolder(
        ModelDescription description,
        EmbeddingModel model,
        IntMatrix contextCounts,
        IntMatrix trackCounts,
        List<ListenerId> listeners) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONTEXT_COUNTS = "context_count.npy";

    public ModelFolder {
        listeners = List.copyOf(listeners);
    }

    /** The tracks whose row of C was trained on at least so many rows, by id. */
    int[] contextTracks(int minRows) {
        return counted(contextCounts, minRows);
    }

    /** The tracks whose row of T was trained, by id. */
    int[] playedTracks() {
        return counted(trackCounts, 1);
    }

    private static int[] counted(IntMatrix counts, int least) {
        return IntStream.range(0, counts.rows())
                .filter(track -> counts.get(track, 0) >= least)
                .toArray();
    }

    /**
     * Writes all of it.
     *
     * @throws FileException if a file cannot be written
     */
    void write(Path folder) {
        ModelTables.write(folder, "", model);
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
     *
     * @throws FileException if there is none, or it is damaged
     */
    public static ModelFolder read(Path folder) {
        Path file = folder.resolve(ServedModel.DESCRIPTION);
        if (!Files.exists(file)) {
            throw new FileException(
                    folder + " holds no model (" + ServedModel.DESCRIPTION + "); segue train makes one");
        }
        if (SessionModelFolder.isModel(folder)) {
            throw new FileException(folder
                    + " holds a session model, which has no neighbours or lists; use a model of segue train --model contextual"
                    + " or new");
        }
        try {
            ModelDescription description = JSON.readValue(Files.readAllBytes(file), ModelDescription.class);
            EmbeddingModel model =
                    ModelTables.read(folder, "", description.settings().type());
            var read = new ModelFolder(
                    description,
                    model,
                    NpyFile.readInts(ModelTables.file(folder, CONTEXT_COUNTS)),
                    NpyFile.readInts(ModelTables.file(folder, ServedModel.TRACK_COUNTS)),
                    model.type().hasListeners()
                            ? ListenerIdsFile.read(ModelTables.file(folder, ServedModel.LISTENERS))
                            : List.of());
            read.check(folder);
            return read;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new FileException(folder + " holds a damaged model (" + e.getMessage() + "); train it again", e);
        }
    }

    /**
     * Removes a model and what is left of its training; what else is in the folder stays.
     *
     * @throws FileException if a file cannot be removed
     */
    public static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(ServedModel.DESCRIPTION)); // first: without it, the rest is no model
            CheckpointFolders.remove(folder);
        } catch (IOException e) {
            throw new FileException("cannot remove what is in " + folder + ": " + e, e);
        }
    }

    private void check(Path folder) {
        int tracks = description.tracks();
        boolean fits = model.tracks().rows() == tracks
                && model.dimensions() == description.settings().dimensions()
                && contextCounts.rows() == tracks
                && trackCounts.rows() == tracks
                && (model.listeners() == null || model.listeners().rows() == listeners.size());
        if (!fits) {
            throw new FileException(folder + ": the files' sizes do not fit each other; train the model again");
        }
    }
}
