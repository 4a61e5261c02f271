/**
 * The health of a service's own data: what its event log and catalogs are like, and which recommender its log speaks for.
 *
 * <p>{@link dev.segue.health.LogFacts} reads a log once: {@link dev.segue.health.Repeats}, {@link dev.segue.health.Coverage}, {@link
 * dev.segue.health.NeighbourGaps} and {@link dev.segue.health.PopularityDrift} count what it has. {@link
 * dev.segue.health.LiftEvaluation} estimates by package {@code offpolicy} by how much each recommender of a configuration, in several
 * {@link dev.segue.health.Variant}s, would have raised the share played of the next track. {@link dev.segue.health.HealthReport} is
 * all of it, {@link dev.segue.health.HealthText} the page that people read, and {@link dev.segue.health.HealthFigures} the same for
 * programs. Start with {@code HealthReport}.
 */
@NullMarked
package dev.segue.health;

import org.jspecify.annotations.NullMarked;
