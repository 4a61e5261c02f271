package dev.segue.report.rendering;

import dev.segue.analysis.Effect;
import dev.segue.analysis.Verdict;
import dev.segue.report.AdjustedEffect;
import dev.segue.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes a report as one HTML file with charts. The file loads nothing. */
final class HtmlReport {

    private final Report report;
    private final ReportSentences sentences;
    private final ReportCharts charts;
    private final StringBuilder html = new StringBuilder(1 << 14);

    HtmlReport(Report report) {
        this.report = report;
        sentences = new ReportSentences(report);
        charts = new ReportCharts(report);
    }

    String write() {
        String name = Markup.escaped(report.experiment());
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(name)
                .append("</title>\n<style>\n")
                .append(ReportCharts.styleSheet("charts.css"))
                .append(ReportCharts.styleSheet("report.css"))
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(name)
                .append("</h1>\n<p class=\"about\">")
                .append(Markup.escaped(
                        report.span() + " (" + report.reading().zone().getId() + ")"))
                .append("</p>\n");
        sentences
                .verdicts()
                .forEach(verdict -> html.append("<p class=\"verdict\">")
                        .append(Markup.escaped(verdict))
                        .append("</p>\n"));
        Stream.of(sentences.alwaysValidVerdicts(), sentences.guardrailVerdicts(), sentences.sensitivity())
                .flatMap(List::stream)
                .forEach(sentence ->
                        html.append("<p>").append(Markup.escaped(sentence)).append("</p>\n"));
        split();
        String effects = charts.effects();
        if (effects != null) {
            section("Effects", "relative to control's mean; the bar is the interval, the mark the estimate");
            html.append(effects);
            effects();
        }
        capped();
        adjusted();
        days();
        String lengths = charts.lengths();
        if (lengths != null) {
            section("Session lengths", "share of each arm's sessions by their time, in track lengths");
            html.append(lengths);
        }
        quantiles();
        notes();
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private void days() {
        String days = charts.days();
        if (days == null) {
            return; // a note states the reason
        }
        boolean bounded = report.days().stream()
                .allMatch(day -> day.effect().relativeInterval().isBounded());
        section(
                "Effect over days",
                "on " + report.effects().primary().name()
                        + " in each listener's window; bars and band hold for all days at once, so they may be looked at daily"
                        + (bounded ? "" : "; where there is no bar, the data give no bounds yet"));
        html.append(days);
    }

    private void notes() {
        section("Notes", "what the figures rest on");
        html.append("<ul>\n");
        sentences
                .notes()
                .forEach(
                        note -> html.append("<li>").append(Markup.escaped(note)).append("</li>\n"));
        String[] settings = {
            "interval " + report.options().interval().name().toLowerCase(Locale.ROOT),
            "alpha " + report.options().alpha(),
            "days of " + report.reading().zone().getId(),
        };
        html.append("<li>").append(Markup.escaped(String.join(", ", settings))).append("</li>\n</ul>\n");
    }

    private void section(String title, String about) {
        html.append("<h2>")
                .append(Markup.escaped(title))
                .append("</h2>\n<p class=\"about\">")
                .append(Markup.escaped(about))
                .append("</p>\n");
    }

    private void split() {
        double p = report.effects().sampleRatio().pValue();
        section(
                "Split",
                String.format(
                        Locale.ROOT,
                        "%s: p = %.3g (a split is broken below 0.001)",
                        report.effects().withheld() != null
                                ? "BROKEN"
                                : report.options().weights().isEmpty() ? "equal" : "as configured",
                        p));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < report.arms().size(); i++) {
            Report.Arm arm = report.arms().get(i);
            rows.add(List.of(
                    arm.name(),
                    count(arm.exposed()),
                    String.format(
                            Locale.ROOT,
                            "%,.0f",
                            report.effects().sampleRatio().expected().get(i)),
                    count(arm.counted()),
                    count(arm.sessions()),
                    count(arm.recommended()),
                    TableFormats.share(arm.coverage())));
        }
        table(
                List.of(
                        "arm",
                        "listeners exposed",
                        "expected",
                        "with a session",
                        "sessions",
                        "tracks recommended",
                        "of the catalog"),
                rows,
                List.of());
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void effects() {
        List<String> columns = new ArrayList<>(TableFormats.COLUMNS);
        columns.add("detectable");
        List<List<String>> rows = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Effect effect : report.effects().effects()) {
            List<String> row = new ArrayList<>(TableFormats.of(effect, report));
            row.add(TableFormats.share(report.detectable(effect)));
            rows.add(row);
            verdicts.add(report.verdict(effect));
        }
        table(columns, rows, verdicts);
    }

    private void capped() {
        if (report.capped().isEmpty()) {
            return;
        }
        section("Effects with a limit", TableFormats.capTitle(report));
        List<String> columns = new ArrayList<>(TableFormats.COLUMNS.subList(0, 8));
        columns.add("limit");
        columns.add("listeners above");
        table(
                columns,
                report.capped().stream()
                        .map(capped -> TableFormats.of(capped, report))
                        .toList(),
                List.of());
    }

    private void adjusted() {
        if (report.adjusted().isEmpty()) {
            return;
        }
        section("Adjusted effect", "with what listeners did before the experiment taken out (CUPED)");
        List<String> columns = new ArrayList<>(TableFormats.COLUMNS.subList(0, 8));
        columns.add("variance saved");
        columns.add("new listeners");
        List<List<String>> rows = new ArrayList<>();
        for (AdjustedEffect adjusted : report.adjusted()) {
            List<String> row =
                    new ArrayList<>(TableFormats.of(adjusted.effect(), report).subList(0, 8));
            row.add(TableFormats.share(adjusted.varianceReduction()));
            row.add(TableFormats.share(adjusted.newListeners()));
            rows.add(row);
        }
        table(columns, rows, List.of());
    }

    private void quantiles() {
        if (report.quantiles().isEmpty()) {
            return;
        }
        section("Quantiles", "latencies in ms, times in track lengths; intervals count listeners, not observations");
        table(
                List.of("of", "arm", "quantile", "value", "lower", "upper"),
                report.quantiles().stream()
                        .map(quantile -> List.of(
                                quantile.what(),
                                quantile.arm(),
                                TableFormats.quantile(quantile.quantile().probability()),
                                TableFormats.number(quantile.quantile().value()),
                                TableFormats.number(
                                        quantile.quantile().interval().lower()),
                                TableFormats.number(
                                        quantile.quantile().interval().upper())))
                        .toList(),
                List.of());
    }

    /** @param verdicts the CSS classes of the rows; empty for tables without verdicts */
    private void table(List<String> columns, List<List<String>> rows, List<Verdict> verdicts) {
        String kind = columns.indexOf("arm") == 1 ? " class=\"by-arm\"" : "";
        html.append("<div class=\"scroll\"><table").append(kind).append(">\n<thead><tr>");
        columns.forEach(column ->
                html.append("<th scope=\"col\">").append(Markup.escaped(column)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < rows.size(); i++) {
            String verdict = verdicts.isEmpty() ? "" : verdicts.get(i).name().toLowerCase(Locale.ROOT);
            html.append("<tr class=\"").append(verdict).append("\">");
            rows.get(i)
                    .forEach(cell -> html.append("<td>").append(breakable(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    /** A text that may be wrapped after underscores where the style sheet allows it. */
    private static String breakable(String cell) {
        return Markup.escaped(cell).replace("_", "_<wbr/>");
    }
}
