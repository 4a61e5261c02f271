package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelTables;
import dev.segue.embedding.ModelType;
import dev.segue.file.CheckpointFolders;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of a training after an epoch, from which it can be resumed with the same result. {@link CheckpointFolders} stores it in a
 * folder such as {@code checkpoint-000007} after epoch 7.
 *
 * @param run the settings and data of the training
 * @param history the epochs so far
 * @param step the number of Adam's steps so far
 * @param model the model after the last epoch
 * @param moments Adam's moments of the model's tables, as in {@link Trainer#moments}
 * @param best the model after the best epoch
 */
record Checkpoint(
        Run run, History history, int step, EmbeddingModel model, List<FloatMatrix> moments, EmbeddingModel best) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "state.json";

    /** Identifies a training.
     *
     * @param settings the settings
     * @param data the fingerprint of the rows
     * @param tracks the number of tracks in the catalog
     */
    record Run(TrainingSettings settings, String data, int tracks) {}

    private record State(Run run, History history, int step) {}

    /** Writes this checkpoint and removes the previous ones.
     *
     * @throws TrainingException if it cannot be written; the previous checkpoint is kept
     */
    void write(Path folder) {
        try {
            CheckpointFolders.write(folder, history.epochs().size(), this::writeFiles);
        } catch (FileException | IOException e) {
            throw new TrainingException(
                    "the checkpoint of epoch " + history.epochs().size() + " cannot be written (" + e.getMessage()
                            + "); the previous one is kept: free disk space and run the same command again to resume from it",
                    e);
        }
    }

    private void writeFiles(Path folder) {
        ModelTables.write(folder, "", model);
        ModelTables.write(folder, "best-", best);
        for (int i = 0; i < moments.size(); i++) {
            NpyFile.write(folder.resolve(momentName(i)), moments.get(i));
        }
        byte[] state = JSON.writeValueAsBytes(new State(run, history, step));
        OutputFile.write(folder.resolve(STATE), out -> out.write(state));
    }

    private static String momentName(int number) {
        return "moment-" + number + ".npy";
    }

    /** The last complete checkpoint in a folder, if there is one. */
    static Optional<Checkpoint> last(Path folder) {
        return CheckpointFolders.last(folder).map(Checkpoint::read);
    }

    private static Checkpoint read(Path folder) {
        try {
            State state = JSON.readValue(Files.readAllBytes(folder.resolve(STATE)), State.class);
            ModelType type = state.run.settings().type();
            List<FloatMatrix> moments = new ArrayList<>();
            for (int i = 0; Files.exists(folder.resolve(momentName(i))); i++) {
                moments.add(NpyFile.readFloats(folder.resolve(momentName(i))));
            }
            return new Checkpoint(
                    state.run,
                    state.history,
                    state.step,
                    ModelTables.read(folder, "", type),
                    moments,
                    ModelTables.read(folder, "best-", type));
        } catch (IOException | JacksonException | FileException e) {
            throw new TrainingException(folder + " is damaged (" + e.getMessage() + "); remove it to start over", e);
        }
    }
}
