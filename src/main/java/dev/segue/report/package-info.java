/**
 * Computes the effects of an experiment: compares what listeners did between the arms. Start with
 * {@link dev.segue.report.ReportComputation}, whose result is a {@link dev.segue.report.Report}. {@code ListenerMetric} defines
 * the metrics. {@link dev.segue.report.LiveReport} keeps the report of a log up to date while the log grows.
 *
 * <p>{@code report.reading} reads the logs, {@code report.rendering} writes the report, and {@code analysis} has the statistics.
 */
@NullMarked
package dev.segue.report;

import org.jspecify.annotations.NullMarked;
