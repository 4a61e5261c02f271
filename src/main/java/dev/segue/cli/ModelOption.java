package dev.segue.cli;

import dev.segue.training.ModelFolder;
import dev.segue.training.TrainingException;
import dev.segue.training.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --model}: the trained model that a command makes something to serve of. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelOption {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "What segue train wrote.")
    private Path folder;

    @Option(
            names = "--accept",
            description = "Take the model although it is not better than always predicting the mean.")
    private boolean accept;

    Path folder() {
        return folder;
    }

    /**
     * Reads the model.
     *
     * @param notes where a note goes if the model should be looked at
     * @throws dev.segue.file.FileException if there is none, or it is damaged
     * @throws TrainingException if it is not better than always predicting the mean, and that was not accepted
     */
    ModelFolder load(PrintWriter notes) {
        ModelFolder model = ModelFolder.read(folder);
        @Nullable Verdict verdict = model.description().verdict();
        if (verdict == null) {
            notes.println("note: an older version trained " + folder
                    + ", and did not test whether it is better than always predicting the mean; segue train does");
        } else if (!verdict.betterThanMean()) {
            String told = String.format(
                    Locale.ROOT,
                    "the model in %s is not better than always predicting the mean: %s",
                    folder,
                    VerdictText.gain(verdict));
            if (!accept) {
                throw new TrainingException(told + "; train a better one, or take it with --accept");
            }
            notes.println("note: " + told);
        }
        notes.flush();
        return model;
    }
}
