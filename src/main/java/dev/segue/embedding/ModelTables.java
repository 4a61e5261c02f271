package dev.segue.embedding;

import dev.segue.file.InputFile;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import java.nio.file.Path;

/** A model's tables as {@code .npy} files. */
public final class ModelTables {

    private static final String CONTEXTS = "context.npy";
    private static final String TRACKS = "track.npy";
    private static final String LISTENERS = "listener.npy";
    private static final String LINEAR = "linear.npy";

    private ModelTables() {}

    /** Writes one file for each table, its name after the prefix. */
    public static void write(Path folder, String prefix, EmbeddingModel model) {
        NpyFile.write(folder.resolve(prefix + CONTEXTS), model.contexts());
        NpyFile.write(folder.resolve(prefix + TRACKS), model.tracks());
        if (model.listeners() != null && model.linear() != null) {
            NpyFile.write(folder.resolve(prefix + LISTENERS), model.listeners());
            NpyFile.write(folder.resolve(prefix + LINEAR), model.linear());
        }
    }

    /**
     * Reads them.
     *
     * @throws dev.segue.file.FileException if a file is missing or damaged
     * @throws IllegalArgumentException if their sizes do not fit each other
     */
    public static EmbeddingModel read(Path folder, String prefix, ModelType type) {
        return new EmbeddingModel(
                type,
                read(folder, prefix + CONTEXTS),
                read(folder, prefix + TRACKS),
                type.knowsListeners() ? read(folder, prefix + LISTENERS) : null,
                type.knowsListeners() ? read(folder, prefix + LINEAR) : null);
    }

    private static FloatMatrix read(Path folder, String name) {
        return NpyFile.readFloats(file(folder, name));
    }

    /** A file of a model, which may have been gzipped to save space. */
    public static Path file(Path folder, String name) {
        return InputFile.find(folder, name).orElse(folder.resolve(name));
    }
}
