/**
 * Offline evaluation on recorded sessions: a {@link dev.segue.evaluation.Dataset} is read from files, a {@link
 * dev.segue.evaluation.RecommenderKind} learns from its training sessions, {@link dev.segue.evaluation.NextItemEvaluation} measures the
 * predictions for all prefixes of the test sessions, and {@link dev.segue.evaluation.RandomSearch} tunes parameters on the validation
 * sessions.
 */
@NullMarked
package dev.segue.evaluation;

import org.jspecify.annotations.NullMarked;
