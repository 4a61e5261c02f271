package dev.segue.cli;

import dev.segue.training.ModelFolder;
import dev.segue.training.TrainingException;
import dev.segue.training.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --model} and {@code --accept}: the trained model of a command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelOption {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder written by segue train.")
    private Path folder;

    @Option(names = "--accept", description = "Accept a model that is not better than always predicting the mean.")
    private boolean accept;

    Path folder() {
        return folder;
    }

    /**
     * Reads the model.
     *
     * @param notes receives a note about a model that is not known to be better than always predicting the mean
     * @throws dev.segue.file.FileException if there is no model, or it is damaged
     * @throws TrainingException if the model is not better than always predicting the mean, without {@code --accept}
     */
    ModelFolder load(PrintWriter notes) {
        ModelFolder model = ModelFolder.read(folder);
        @Nullable Verdict verdict = model.description().verdict();
        if (verdict == null) {
            notes.println("note: an older version trained " + folder
                    + " without testing whether it is better than always predicting the mean; segue train tests this");
        } else if (!verdict.betterThanMean()) {
            String message = String.format(
                    Locale.ROOT,
                    "the model in %s is not better than always predicting the mean: %s",
                    folder,
                    VerdictText.gain(verdict));
            if (!accept) {
                throw new TrainingException(message + "; train a better one, or accept it with --accept");
            }
            notes.println("note: " + message);
        }
        notes.flush();
        return model;
    }
}
