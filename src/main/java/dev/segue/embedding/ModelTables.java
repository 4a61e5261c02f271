package dev.segue.embedding;

import dev.segue.file.InputFile;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import java.nio.file.Path;

/** Reads and writes a model's tables as {@code .npy} files. */
public final class ModelTables {

    private static final String CONTEXTS = "context.npy";
    private static final String TRACKS = "track.npy";
    private static final String LISTENERS = "listener.npy";
    private static final String LINEAR = "linear.npy";

    private ModelTables() {}

    /** Writes each table to a file; the prefix precedes the file names. */
    public static void write(Path folder, String prefix, EmbeddingModel model) {
        NpyFile.write(folder.resolve(prefix + CONTEXTS), model.contexts());
        NpyFile.write(folder.resolve(prefix + TRACKS), model.tracks());
        if (model.listeners() != null && model.linear() != null) {
            NpyFile.write(folder.resolve(prefix + LISTENERS), model.listeners());
            NpyFile.write(folder.resolve(prefix + LINEAR), model.linear());
        }
    }

    /** Reads the tables of a model.
     *
     * @throws dev.segue.file.FileException if a file is missing or damaged
     * @throws IllegalArgumentException if the shapes of the tables do not match
     */
    public static EmbeddingModel read(Path folder, String prefix, ModelType type) {
        return new EmbeddingModel(
                type,
                read(folder, prefix + CONTEXTS),
                read(folder, prefix + TRACKS),
                type.hasListeners() ? read(folder, prefix + LISTENERS) : null,
                type.hasListeners() ? read(folder, prefix + LINEAR) : null);
    }

    private static FloatMatrix read(Path folder, String name) {
        return NpyFile.readFloats(file(folder, name));
    }

    /** The path of a model's file, plain or gzipped. */
    public static Path file(Path folder, String name) {
        return InputFile.find(folder, name).orElse(folder.resolve(name));
    }
}
