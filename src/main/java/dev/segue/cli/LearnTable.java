package dev.segue.cli;

import dev.segue.learn.LearnedStage;
import dev.segue.training.Verdict.Gain;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the stages of {@code segue learn}. */
final class LearnTable {

    private static final String FORMAT = "%-11s %9s  %-28s  %-28s  %s%n";

    private LearnTable() {}

    static void print(List<LearnedStage> stages, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                FORMAT,
                "stage",
                "RMSE",
                "gain over the mean, MSE",
                "gain over the present model",
                "result");
        for (LearnedStage stage : stages) {
            out.printf(
                    Locale.ROOT,
                    FORMAT,
                    stage.name(),
                    Double.isNaN(stage.mse()) ? "" : String.format(Locale.ROOT, "%.4f", Math.sqrt(stage.mse())),
                    stage.verdict() == null ? "" : gain(stage.verdict().mean()),
                    stage.overPresent() == null ? "" : gain(stage.overPresent()),
                    stage.refusal() == null ? "in place" : "refused: " + stage.refusal());
        }
        if (stages.stream().anyMatch(stage -> stage.refusal() != null)) {
            out.println(
                    "The present files of refused stages stay. --force puts the refused ones in place, without new training.");
        }
    }

    private static String gain(Gain gain) {
        return String.format(Locale.ROOT, "%.5f [%.5f, %.5f]", gain.gain(), gain.lower(), gain.upper());
    }

    /** The figures of a stage. */
    static Map<String, @Nullable Object> row(LearnedStage stage) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("stage", stage.name());
        row.put("mse", TableWriter.finite(stage.mse()));
        if (stage.verdict() != null) {
            VerdictText.put(stage.verdict(), row);
        }
        if (stage.overPresent() != null) {
            row.put("present_gain", stage.overPresent().gain());
            row.put("present_gain_lower", stage.overPresent().lower());
            row.put("present_gain_upper", stage.overPresent().upper());
        }
        row.put("refusal", stage.refusal());
        row.put("files", stage.targets().stream().map(Object::toString).toList());
        return row;
    }
}
