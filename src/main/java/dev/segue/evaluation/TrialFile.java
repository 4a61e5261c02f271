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

/** The trials of a search as JSON lines, each appended at the end of the trial. {@link #read} removes an incomplete last line. */
final class TrialFile {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> METRICS =
            Arrays.stream(Metric.values()).map(Metric::label).toList();

    private final Path file;

    TrialFile(Path file) {
        this.file = file;
    }

    /** The trials of the file; empty if it does not exist.
     *
     * @throws EvaluationException if the file cannot be read, or a complete line is not a trial
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
            // reported below, like a line with missing fields
        }
        throw new EvaluationException(
                file + ":" + number + ": the line is not a trial of a search; name another file with --out");
    }

    /** Appends a trial. */
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
                            + "); check the folder, its permissions and the free disk space",
                    e);
        }
    }
}
