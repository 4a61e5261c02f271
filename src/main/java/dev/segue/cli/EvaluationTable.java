package dev.segue.cli;

import dev.segue.analysis.Interval;
import dev.segue.evaluation.Dataset;
import dev.segue.evaluation.EvaluationOptions;
import dev.segue.evaluation.EvaluationResult;
import dev.segue.evaluation.Metric;
import dev.segue.evaluation.Objective;
import dev.segue.evaluation.RandomSearch;
import dev.segue.evaluation.Values;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the result of an offline evaluation. */
record EvaluationTable(
        String recommender,
        Dataset data,
        EvaluationOptions options,
        Values values,
        RandomSearch.@Nullable Best best,
        Objective objective,
        EvaluationResult result) {

    /** Prints the result as text. */
    void print(PrintWriter out) {
        line(
                out,
                "%s, learned from %,d sessions; %,d predictions of %d items in %,d test sessions%n",
                recommender,
                data.train().size(),
                result.predictions(),
                options.count(),
                result.sessions());
        if (best != null) {
            line(
                    out,
                    "trial %d of %d was the best on %,d validation sessions: %s %.4f%n",
                    best.trial(),
                    best.trials(),
                    data.valid().size(),
                    objective.label(),
                    best.objective());
        }
        if (!values.all().isEmpty()) {
            line(
                    out,
                    "%s%n",
                    values.all().entrySet().stream()
                            .map(value -> value.getKey() + "=" + number(value.getValue()))
                            .collect(Collectors.joining(" ")));
        }
        result.metrics().forEach((metric, mean) -> {
            Interval interval = mean.interval();
            line(
                    out,
                    "%-14s %.4f%s%n",
                    name(metric),
                    mean.value(),
                    interval.isBounded()
                            ? String.format(Locale.ROOT, " [%.4f, %.4f]", interval.lower(), interval.upper())
                            : "");
        });
        line(out, "%-14s %.4f%n", "coverage", result.coverage());
        line(out, "%-14s p50 %.1f µs, p90 %.1f µs%n", "latency", result.p50Micros(), result.p90Micros());
        printLeftOut(out);
    }

    private void printLeftOut(PrintWriter out) {
        if (result.shortSessions() > 0) {
            line(out, "test sessions of one item, without predictions: %,d%n", result.shortSessions());
        }
        if (result.unknownItems() > 0) {
            line(out, "plays of items that are in no training session: %,d%n", result.unknownItems());
        }
    }

    private static void line(PrintWriter out, String format, Object... arguments) {
        out.print(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    private String name(Metric metric) {
        return metric == Metric.POPULARITY || metric == Metric.REPEATS
                ? metric.label()
                : metric.label() + "@" + options.count();
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** The result as JSON fields. */
    Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("recommender", recommender);
        figures.put("parameters", values.all());
        if (best != null) {
            figures.put("search", search(best));
        }
        figures.put("training_sessions", data.train().size());
        figures.put("sessions", result.sessions());
        figures.put("short_sessions", result.shortSessions());
        figures.put("predictions", result.predictions());
        figures.put("unknown_items", result.unknownItems());
        figures.put("count", options.count());
        figures.put("current_allowed", options.currentAllowed());
        result.metrics().forEach((metric, mean) -> {
            Map<String, @Nullable Object> figure = new LinkedHashMap<>();
            figure.put("value", mean.value());
            figure.put("lower", TableWriter.finite(mean.interval().lower()));
            figure.put("upper", TableWriter.finite(mean.interval().upper()));
            figures.put(metric.label(), figure);
        });
        figures.put("coverage", result.coverage());
        figures.put("latency_p50_us", result.p50Micros());
        figures.put("latency_p90_us", result.p90Micros());
        return figures;
    }

    private Map<String, Object> search(RandomSearch.Best bestTrial) {
        Map<String, Object> search = new LinkedHashMap<>();
        search.put("trial", bestTrial.trial());
        search.put("trials", bestTrial.trials());
        search.put("objective", objective.label());
        search.put("value", bestTrial.objective());
        search.put("validation_sessions", data.valid().size());
        return search;
    }
}
