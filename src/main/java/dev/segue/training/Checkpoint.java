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
 * All that it takes to go on with a training as if it had not ended, in a folder {@code checkpoint-000007} after epoch 7: see
 * {@link CheckpointFolders}.
 *
 * @param run what is trained on what: settings and data
 * @param history the epochs so far
 * @param step how many steps were taken
 * @param model after the last epoch
 * @param moments of its tables
 * @param best after the best epoch
 */
record Checkpoint(
        Run run, History history, int step, EmbeddingModel model, List<FloatMatrix> moments, EmbeddingModel best) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "state.json";

    /**
     * Tells trainings apart.
     *
     * @param settings how it is trained
     * @param data fingerprint of the rows
     * @param tracks how many the catalog has
     */
    record Run(TrainingSettings settings, String data, int tracks) {}

    private record State(Run run, History history, int step) {}

    /**
     * Writes it into a folder and removes those before it.
     *
     * @throws TrainingException if it cannot be written; the last one is still there then
     */
    void write(Path folder) {
        try {
            CheckpointFolders.write(folder, history.epochs().size(), this::writeFiles);
        } catch (FileException | IOException e) {
            throw new TrainingException(
                    "the checkpoint of epoch " + history.epochs().size() + " cannot be written (" + e.getMessage()
                            + "); the one before is kept: make space and run the same command again to go on from there",
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

    /** The last whole one in a folder, if there is any. */
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
            throw new TrainingException(folder + " is damaged (" + e.getMessage() + "); remove it to start anew", e);
        }
    }
}
