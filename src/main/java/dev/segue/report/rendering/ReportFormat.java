package dev.segue.report.rendering;

import dev.segue.report.Report;

/** The formats of a report. All formats except JSON and CSV round the figures. */
public enum ReportFormat {
    /** Tables for a terminal. */
    TEXT {
        @Override
        public String write(Report report, boolean coloured) {
            return new TextReport(TextReport.Style.TEXT, coloured).write(report);
        }
    },
    /** Markdown tables. */
    MARKDOWN {
        @Override
        public String write(Report report, boolean coloured) {
            return new TextReport(TextReport.Style.MARKDOWN, false).write(report);
        }
    },
    /** One line for each effect, in full precision. */
    CSV {
        @Override
        public String write(Report report, boolean coloured) {
            return ReportRows.csv(report);
        }
    },
    /** All parts of the report, in full precision. */
    JSON {
        @Override
        public String write(Report report, boolean coloured) {
            return ReportRows.json(report);
        }
    },
    /** An HTML page with charts, which loads nothing. */
    HTML {
        @Override
        public String write(Report report, boolean coloured) {
            return new HtmlReport(report).write();
        }
    };

    /**
     * Writes a report, with a newline at the end.
     *
     * @param coloured whether to use the colours of a terminal; only for {@link #TEXT}
     */
    public abstract String write(Report report, boolean coloured);
}
