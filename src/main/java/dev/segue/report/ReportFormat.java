package dev.segue.report;

import dev.segue.analysis.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How a report is written. All but JSON and CSV round for the eye. */
public enum ReportFormat {
    /** A table for a terminal. */
    TEXT {
        @Override
        String table(List<List<String>> rows) {
            int[] widths = IntStream.range(0, rows.get(0).size())
                    .map(column -> rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0))
                    .toArray();
            return rows.stream()
                    .map(row -> IntStream.range(0, row.size())
                            .mapToObj(column -> pad(row.get(column), widths[column], column < LABELS))
                            .collect(Collectors.joining("  "))
                            .stripTrailing())
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    },
    /** The same as a Markdown table. */
    MARKDOWN {
        @Override
        String table(List<List<String>> rows) {
            List<String> lines = new ArrayList<>();
            rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
            lines.add(
                    1,
                    IntStream.range(0, rows.get(0).size())
                            .mapToObj(column -> column < LABELS ? "---|" : "---:|")
                            .collect(Collectors.joining("", "|", "")));
            return String.join("\n", lines) + "\n";
        }
    },
    /** One line for each effect, in full precision. */
    CSV {
        @Override
        public String write(Report report) {
            List<Map<String, @Nullable Object>> rows = rows(report);
            if (rows.isEmpty()) {
                throw new ReportException(String.join(" ", report.verdicts()));
            }
            return String.join(",", rows.get(0).keySet())
                    + "\n"
                    + rows.stream()
                            .map(row -> row.values().stream()
                                    .map(value -> value == null ? "" : value.toString())
                                    .collect(Collectors.joining(",")))
                            .collect(Collectors.joining("\n", "", "\n"));
        }
    },
    /** Everything, in full precision. */
    JSON {
        @Override
        public String write(Report report) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("experiment", report.experiment());
            json.put("interval", report.options().interval().name().toLowerCase(Locale.ROOT));
            json.put("alpha", report.options().alpha());
            json.put("primary", report.effects().primary().name());
            json.put("arms", report.arms());
            json.put("sample_ratio_p", report.effects().sampleRatio().pValue());
            json.put("withheld", report.effects().withheld());
            json.put("effects", rows(report));
            json.put("verdicts", report.verdicts());
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        }
    };

    /** The columns that hold words. */
    private static final int LABELS = 2;

    /** Writes a report, with a newline at the end. */
    public String write(Report report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "metric",
                "arm",
                "effect",
                "upper",
                "lower",
                "control_mean",
                "treatment_mean",
                "significant",
                "p_adjusted"));
        report.effects().effects().forEach(effect -> rows.add(cells(effect)));
        String arms = report.arms().stream()
                .map(arm -> String.format(
                        Locale.ROOT, "%s %,d listeners, %,d sessions", arm.name(), arm.counted(), arm.sessions()))
                .collect(Collectors.joining("; "));
        String split = String.format(
                Locale.ROOT, "split: p = %.3g", report.effects().sampleRatio().pValue());
        String table = rows.size() == 1 ? "" : table(rows) + "\n";
        return report.experiment() + ": " + arms + "; " + split + "\n\n" + table + String.join("\n", report.verdicts())
                + "\n";
    }

    /** The rows as this format shows them; the first has the columns' names. */
    String table(List<List<String>> rows) {
        throw new UnsupportedOperationException(name() + " has no table");
    }

    private static List<String> cells(Effect effect) {
        return List.of(
                effect.metric().name(),
                effect.arm(),
                percent(effect.relative()),
                percent(effect.upper()),
                percent(effect.lower()),
                String.format(Locale.ROOT, "%.4f", effect.controlMean()),
                String.format(Locale.ROOT, "%.4f", effect.treatmentMean()),
                Boolean.toString(effect.significant()),
                Double.isNaN(effect.adjustedPValue())
                        ? "untestable"
                        : String.format(Locale.ROOT, "%.2g", effect.adjustedPValue()));
    }

    private static String percent(double fraction) {
        if (Double.isNaN(fraction)) {
            return "undefined";
        }
        return Double.isInfinite(fraction) ? "unbounded" : String.format(Locale.ROOT, "%+.2f%%", 100 * fraction);
    }

    private static String pad(String text, int width, boolean left) {
        return left ? text + " ".repeat(width - text.length()) : " ".repeat(width - text.length()) + text;
    }

    private static List<Map<String, @Nullable Object>> rows(Report report) {
        return report.effects().effects().stream().map(ReportFormat::row).toList();
    }

    /** An effect's figures: relative ones in percent. What is not finite is null. */
    private static Map<String, @Nullable Object> row(Effect effect) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("metric", effect.metric().name());
        row.put("arm", effect.arm());
        row.put("effect", finite(100 * effect.relative()));
        row.put("upper", finite(100 * effect.upper()));
        row.put("lower", finite(100 * effect.lower()));
        row.put("control_mean", effect.controlMean());
        row.put("treatment_mean", effect.treatmentMean());
        row.put("significant", effect.significant());
        row.put("p_value", finite(effect.pValue()));
        row.put("p_adjusted", finite(effect.adjustedPValue()));
        row.put("verdict", effect.verdict().name().toLowerCase(Locale.ROOT));
        return row;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
