package dev.segue.report.rendering;

import dev.segue.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a report, as SVG elements within HTML. The HTML report and the live page show the same charts, with the same style
 * sheet, {@code charts.css}. The charts contain no style attributes, which the live page's Content-Security-Policy forbids.
 */
public final class ReportCharts {

    private final Report report;
    private final SvgCharts charts;

    /** Prepares the charts of a report. */
    public ReportCharts(Report report) {
        this.report = report;
        charts = new SvgCharts(report.arms().stream().map(Report.Arm::name).toList());
    }

    /** The forest plot of all effects; null if the effects are withheld. */
    public @Nullable String effects() {
        return report.effects().effects().isEmpty()
                ? null
                : new ForestPlot(report.effects().effects(), report::verdict).draw();
    }

    /** The effects on the primary metric by day, with their legend; null if there are none. */
    public @Nullable String days() {
        return report.days().isEmpty() ? null : charts.days(report.days());
    }

    /** The distributions of the arms' session lengths, with their legend; null if session times were not kept. */
    @Nullable
    String lengths() {
        return report.lengths().isEmpty() ? null : charts.lengths(report.lengths());
    }

    /** A style sheet of this package. */
    static String styleSheet(String name) {
        try (InputStream in = Objects.requireNonNull(ReportCharts.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
