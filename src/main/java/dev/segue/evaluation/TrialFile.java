package dev.segue.evaluation;

import dev.segue.file.UnreadableInput;
import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A search's trials as JSON lines, each written when the trial has ended. A line that a killed process left unfinished is taken away. */
final class TrialFile {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> METRICS =
            Arrays.stream(Metric.values()).map(Metric::label).toList();

    private final Path file;

    TrialFile(Path file) {
        this.file = file;
    }

    /**
     * The trials that it has; none if there is no such file.
     *
     * @throws EvaluationException if the file cannot be read, or a whole line of it is no trial
     */
    List<Trial> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            int end = text.lastIndexOf('\n') + 1;
            if (end < text.length()) {
                Files.writeString(file, text.substring(0, end));
            }
            List<Trial> trials = new ArrayList<>();
            for (String line : text.substring(0, end).lines().toList()) {
                trials.add(parse(line, trials.size() + 1));
            }
            return trials;
        } catch (IOException e) {
            throw new EvaluationException(file + ": " + UnreadableInput.explain(e), e);
        }
    }

    private Trial parse(String line, int number) {
        try {
            Trial trial = JSON.readValue(line, Trial.class);
            if (trial != null
                    && trial.recommender() != null
                    && trial.parameters() != null
                    && trial.metrics() != null
                    && trial.data() != null
                    && trial.metrics().keySet().containsAll(METRICS)) {
                return trial;
            }
        } catch (JacksonException e) {
            // as for a line that lacks fields
        }
        throw new EvaluationException(
                file + ":" + number + ": the line is no trial of a search; name another file with --out");
    }

    /** Adds a trial at the end. */
    void add(Trial trial) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(trial) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new EvaluationException(
                    "cannot write " + file + " (" + FailureReason.of(e)
                            + "); check the folder, its permissions and the space left",
                    e);
        }
    }
}
