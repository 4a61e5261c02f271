/**
 * From a log to a decision: what each listener did ({@link dev.segue.report.reading.ExperimentData}), compared between the arms
 * ({@link dev.segue.report.Report}; start there), and shown to people ({@link dev.segue.report.rendering.ReportFormat}). Logs are read at
 * once ({@link dev.segue.report.reading.WholeLog}) or while they grow ({@link dev.segue.report.LiveReport}). The statistics themselves
 * are in {@code analysis}.
 */
@NullMarked
package dev.segue.report;

import org.jspecify.annotations.NullMarked;
