/**
 * Reads event logs into sums for each listener of an experiment ({@link dev.segue.report.reading.ExperimentData}). Start with
 * {@link dev.segue.report.reading.WholeLog}, which reads complete logs in parallel;
 * {@link dev.segue.report.reading.GrowingReading} reads a log while it is being written. Both combine events to sessions
 * ({@code SessionTally}) and pass the sessions to {@code LogReading}, so that both count alike.
 */
@NullMarked
package dev.segue.report.reading;

import org.jspecify.annotations.NullMarked;
