package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Direction;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.TrackFacts;
import dev.segue.report.rendering.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** All formats of reports and the documentation have all metrics of the table. */
class MetricTableTest extends HandMadeLog {

    private static final List<String> NAMES =
            ListenerMetric.ALL.stream().map(metric -> metric.metric().name()).toList();

    private Report withCatalog() throws IOException {
        crowd(0.3);
        var facts = new TrackFacts(10, row -> row, track -> track / 2);
        return ReportComputation.of(
                read(new ReadingOptions(null, Duration.ofDays(1), ZoneOffset.UTC, facts, true)), ReportOptions.DEFAULT);
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** Returns the table of effects, which precedes the adjusted effects. */
    private static String effects(ReportFormat format, Report report) {
        String text = format.write(report, false);
        return text.substring(0, text.indexOf("Adjusted for"));
    }

    @Test
    void everyMetricIsInEveryFormat() throws IOException {
        Report report = withCatalog();
        String number = "[-+0-9.]+%";
        assertEquals(NAMES, all("(?m)^([a-z_]+) +T1 +(?:" + number + "|un)", effects(ReportFormat.TEXT, report)));
        assertEquals(NAMES, all("(?m)^\\| ([a-z_]+) \\| T1 ", effects(ReportFormat.MARKDOWN, report)));
        assertEquals(NAMES, all("(?m)^([a-z_]+),T1,", ReportFormat.CSV.write(report, false)));
        assertEquals(
                NAMES,
                new JsonMapper()
                        .readTree(ReportFormat.JSON.write(report, false))
                        .get("effects")
                        .valueStream()
                        .map(effect -> effect.get("metric").asString())
                        .toList());
        String html = ReportFormat.HTML.write(report, false);
        String table = html.substring(html.indexOf("<h2>Effects</h2>"), html.indexOf("<h2>Adjusted effect</h2>"));
        assertEquals(NAMES, all("<td>([a-z_]+)</td><td>T1</td>", table.replace("<wbr/>", "")));
        assertEquals(NAMES, all("<text class=\"row\"[^>]*><title>([a-z_]+)</title>", table), "forest plot");
    }

    @Test
    void labelsOfAllMetricsFitBesideTheForestPlot() throws IOException {
        String html = ReportFormat.HTML.write(withCatalog(), false);
        int left =
                Integer.parseInt(all("<svg class=\"forest left(\\d+)\"", html).get(0));
        NAMES.forEach(name -> assertTrue(7 * name.length() <= left, name));
    }

    @Test
    void theReferenceListsTheMetricsWithTheirDirections() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/experiments.md"));
        String table = page.substring(page.indexOf("### Metrics"), page.indexOf("### Which listeners"));
        List<String> expected = ListenerMetric.ALL.stream()
                .map(metric -> metric.metric().name()
                        + (metric.metric().direction() == Direction.HIGHER_IS_BETTER ? " higher" : " lower"))
                .toList();
        List<String> listed = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|.*\\| (higher|lower) \\|$")
                .matcher(table)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertEquals(expected, listed);
    }
}
