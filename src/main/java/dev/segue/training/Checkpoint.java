package dev.segue.training;

import dev.segue.catalog.CatalogException;
import dev.segue.catalog.FloatMatrix;
import dev.segue.catalog.NpyFile;
import dev.segue.catalog.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that it takes to go on with a training as if it had not ended, in a folder {@code checkpoint-000007} after epoch 7. It is
 * written beside and renamed when it is whole; then the one before is removed. So there is always a whole one.
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
    private static final String PREFIX = "checkpoint-";
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
        String name =
                String.format(Locale.ROOT, "%s%06d", PREFIX, history.epochs().size());
        Path temporary = folder.resolve(name + ".tmp");
        try {
            deleteAll(temporary);
            ModelTables.write(temporary, "", model);
            ModelTables.write(temporary, "best-", best);
            for (int i = 0; i < moments.size(); i++) {
                NpyFile.write(temporary.resolve(momentName(i)), moments.get(i));
            }
            byte[] state = JSON.writeValueAsBytes(new State(run, history, step));
            OutputFile.write(temporary.resolve(STATE), out -> out.write(state));
            Path target = folder.resolve(name);
            deleteAll(target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            for (Path other : all(folder)) {
                if (!other.equals(target)) {
                    deleteAll(other);
                }
            }
        } catch (CatalogException | IOException e) {
            throw new TrainingException(
                    "the checkpoint of epoch " + history.epochs().size() + " cannot be written (" + e.getMessage()
                            + "); the one before is kept: make space and run the same command again to go on from there",
                    e);
        }
    }

    private static String momentName(int number) {
        return "moment-" + number + ".npy";
    }

    /** The last whole one in a folder, if there is any. */
    static Optional<Checkpoint> last(Path folder) {
        List<Path> all = all(folder);
        return all.isEmpty() ? Optional.empty() : Optional.of(read(all.get(all.size() - 1)));
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
        } catch (IOException | JacksonException | CatalogException e) {
            throw new TrainingException(folder + " is damaged (" + e.getMessage() + "); remove it to start anew", e);
        }
    }

    /** Removes all in a folder. */
    static void remove(Path folder) {
        try {
            for (Path checkpoint : all(folder)) {
                deleteAll(checkpoint);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
