/**
 * From a log to a decision: what each listener did ({@link dev.segue.report.ExperimentData}), compared between the arms
 * ({@link dev.segue.report.Report}; start there), and shown to people ({@link dev.segue.report.ReportFormat}). The statistics
 * themselves are in {@code analysis}.
 */
@NullMarked
package dev.segue.report;

import org.jspecify.annotations.NullMarked;
