package dev.segue.report.rendering;

import dev.segue.analysis.Effect;
import dev.segue.analysis.Quantile;
import dev.segue.analysis.Verdict;
import dev.segue.report.AdjustedEffect;
import dev.segue.report.ArmQuantile;
import dev.segue.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a report as tables, for terminals or as Markdown. Columns of numbers are aligned to the right; the tables of picocli
 * align to the left only, and wrap.
 */
final class TextReport {

    /** The style of the tables. */
    enum Style {
        TEXT,
        MARKDOWN
    }

    /** The number of columns with text, which are aligned to the left. */
    private static final int LABELS = 2;

    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final Style style;
    private final boolean coloured;

    TextReport(Style style, boolean coloured) {
        this.style = style;
        this.coloured = coloured;
    }

    String write(Report report) {
        List<String> parts = new ArrayList<>();
        parts.add(head(report));
        List<Effect> effects = report.effects().effects();
        if (!effects.isEmpty()) {
            parts.add(table(
                    TableFormats.COLUMNS,
                    effects.stream()
                            .map(effect -> TableFormats.of(effect, report))
                            .toList(),
                    effects.stream().map(report::verdict).toList()));
        }
        if (!report.capped().isEmpty()) {
            parts.add(TableFormats.capTitle(report) + ":\n\n" + capped(report));
        }
        if (!report.adjusted().isEmpty()) {
            parts.add("Adjusted for what listeners did before the experiment:\n\n" + adjusted(report));
        }
        if (!report.days().isEmpty()) {
            parts.add(report.effects().primary().name()
                    + " in the listeners' windows, by day, with intervals that hold for all days at once:\n\n"
                    + days(report));
        }
        if (!report.quantiles().isEmpty()) {
            parts.add(quantiles(report));
        }
        parts.add(String.join("\n", verdicts(report)));
        return String.join("\n", parts) + "\n";
    }

    private static String head(Report report) {
        String arms = report.arms().stream()
                .map(arm -> String.format(
                        Locale.ROOT,
                        "%s %,d listeners%s, %,d sessions",
                        arm.name(),
                        arm.exposed(),
                        arm.counted() == arm.exposed()
                                ? ""
                                : String.format(Locale.ROOT, " (%,d with a session that ended)", arm.counted()),
                        arm.sessions()))
                .collect(Collectors.joining("; "));
        String coverage = report.arms().stream()
                .map(arm -> String.format(Locale.ROOT, "%s %,d", arm.name(), arm.recommended())
                        + (Double.isNaN(arm.coverage())
                                ? ""
                                : " (" + TableFormats.share(arm.coverage()) + " of the catalog)"))
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "%s, %s (%s): %s; split: p = %.3g%ntracks recommended: %s%n",
                report.experiment(),
                report.span(),
                report.reading().zone().getId(),
                arms,
                report.effects().sampleRatio().pValue(),
                coverage);
    }

    private String capped(Report report) {
        List<String> columns = new ArrayList<>(TableFormats.COLUMNS.subList(0, 8));
        columns.add("limit");
        columns.add("above");
        return table(
                columns,
                report.capped().stream()
                        .map(capped -> TableFormats.of(capped, report))
                        .toList(),
                report.capped().stream()
                        .map(capped -> report.verdict(capped.effect()))
                        .toList());
    }

    private String adjusted(Report report) {
        List<String> columns = new ArrayList<>(TableFormats.COLUMNS);
        columns.set(8, "variance_saved");
        List<List<String>> rows = new ArrayList<>();
        for (AdjustedEffect adjusted : report.adjusted()) {
            List<String> row = new ArrayList<>(TableFormats.of(adjusted.effect(), report));
            row.set(8, TableFormats.share(adjusted.varianceReduction()));
            rows.add(row);
        }
        return table(
                columns,
                rows,
                report.adjusted().stream()
                        .map(adjusted -> report.verdict(adjusted.effect()))
                        .toList());
    }

    private String days(Report report) {
        return table(
                List.of("date", "arm", "effect", "upper", "lower", "listeners"),
                report.days().stream()
                        .map(day -> List.of(
                                day.date().toString(),
                                day.effect().arm(),
                                TableFormats.percent(day.effect().relative()),
                                TableFormats.percent(day.effect().upper()),
                                TableFormats.percent(day.effect().lower()),
                                String.format(
                                        Locale.ROOT,
                                        "%,d",
                                        day.effect().control().size()
                                                + day.effect().treatment().size())))
                        .toList(),
                report.days().stream().map(day -> report.verdict(day.effect())).toList());
    }

    private String quantiles(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (ArmQuantile quantile : report.quantiles()) {
            Quantile figures = quantile.quantile();
            rows.add(List.of(
                    quantile.what() + " " + TableFormats.quantile(figures.probability()),
                    quantile.arm(),
                    TableFormats.number(figures.value()),
                    TableFormats.number(figures.interval().upper()),
                    TableFormats.number(figures.interval().lower())));
        }
        return table(List.of("quantile", "arm", "value", "upper", "lower"), rows, List.of());
    }

    private List<String> verdicts(Report report) {
        List<String> lines = new ArrayList<>();
        new ReportSentences(report)
                .verdicts()
                .forEach(verdict -> lines.add(coloured ? BOLD + verdict + PLAIN : verdict));
        new ReportSentences(report).guardrailVerdicts().forEach(lines::add);
        lines.addAll(new ReportSentences(report).alwaysValidVerdicts());
        lines.addAll(new ReportSentences(report).sensitivity());
        new ReportSentences(report).notes().forEach(note -> lines.add("Note: " + note));
        return lines;
    }

    /** @param verdicts the verdicts of the rows, which select the colours; empty for tables without verdicts */
    private String table(List<String> columns, List<List<String>> rows, List<Verdict> verdicts) {
        List<List<String>> all = new ArrayList<>();
        all.add(columns);
        all.addAll(rows);
        return style == Style.MARKDOWN ? markdown(all) : text(all, verdicts);
    }

    private static String markdown(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        lines.add(
                1,
                IntStream.range(0, rows.get(0).size())
                        .mapToObj(column -> column < LABELS ? "---|" : "---:|")
                        .collect(Collectors.joining("", "|", "")));
        return String.join("\n", lines) + "\n";
    }

    private String text(List<List<String>> rows, List<Verdict> verdicts) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            String line = IntStream.range(0, row.size())
                    .mapToObj(column -> pad(row.get(column), widths[column], column < LABELS))
                    .collect(Collectors.joining("  "))
                    .stripTrailing();
            lines.add(i > 0 && i <= verdicts.size() ? colour(line, verdicts.get(i - 1)) : line);
        }
        return String.join("\n", lines) + "\n";
    }

    private String colour(String line, Verdict verdict) {
        if (!coloured || (verdict != Verdict.BETTER && verdict != Verdict.WORSE)) {
            return line;
        }
        return (verdict == Verdict.BETTER ? GREEN : RED) + line + PLAIN;
    }

    private static String pad(String text, int width, boolean left) {
        return left ? text + " ".repeat(width - text.length()) : " ".repeat(width - text.length()) + text;
    }
}
