/**
 * Writes reports: as text, Markdown, CSV, JSON and HTML with charts. Start with
 * {@link dev.segue.report.rendering.ReportFormat}. The live page shows the same charts
 * ({@link dev.segue.report.rendering.ReportCharts}).
 */
@NullMarked
package dev.segue.report.rendering;

import org.jspecify.annotations.NullMarked;
