package dev.segue.report.rendering;

import dev.segue.report.Report;

/** How a report is written. All but JSON and CSV round for the eye. */
public enum ReportFormat {
    /** Tables for a terminal. */
    TEXT {
        @Override
        public String write(Report report, boolean coloured) {
            return new TextReport(TextReport.Style.TEXT, coloured).write(report);
        }
    },
    /** The same as Markdown tables. */
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
    /** Everything, in full precision. */
    JSON {
        @Override
        public String write(Report report, boolean coloured) {
            return ReportRows.json(report);
        }
    },
    /** A page with pictures that needs nothing but a browser. */
    HTML {
        @Override
        public String write(Report report, boolean coloured) {
            return new HtmlReport(report).write();
        }
    };

    /**
     * Writes a report, with a newline at the end.
     *
     * @param coloured whether a terminal will show it, which knows colours; for {@link #TEXT}
     */
    public abstract String write(Report report, boolean coloured);
}
