/**
 * From a log to a decision: what each listener did ({@link dev.segue.report.ExperimentData}), compared between the arms
 * ({@link dev.segue.report.Report}; start there), and shown to people ({@link dev.segue.report.ReportFormat}). Logs are read at
 * once ({@link dev.segue.report.WholeLog}) or while they grow ({@link dev.segue.report.LiveReport}). The statistics themselves
 * are in {@code analysis}.
 */
@NullMarked
package dev.segue.report;

import org.jspecify.annotations.NullMarked;
