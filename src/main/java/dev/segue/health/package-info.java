/**
 * Reports on an event log and its catalogs, and recommends a recommender by the log.
 *
 * <p>{@link dev.segue.health.LogFacts} reads a log once. Its counts are {@link dev.segue.health.Repeats}, {@link
 * dev.segue.health.Coverage}, {@link dev.segue.health.NeighbourGaps} and {@link dev.segue.health.PopularityDrift}. {@link
 * dev.segue.health.LiftEvaluation} estimates, by package {@code offpolicy}, the increase of the share played of the next track by each
 * recommender of a configuration in several {@link dev.segue.health.Variant}s. {@link dev.segue.health.HealthReport} combines both. {@link
 * dev.segue.health.HealthText} formats it as a page of text, and {@link dev.segue.health.HealthFigures} for JSON. Start with {@code
 * HealthReport}.
 */
@NullMarked
package dev.segue.health;

import org.jspecify.annotations.NullMarked;
