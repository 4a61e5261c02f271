/**
 * Offline evaluation on recorded sessions: a {@link dev.segue.evaluation.Dataset} is read from files, a {@link
 * dev.segue.evaluation.RecommenderKind} learns from its training sessions, {@link dev.segue.evaluation.NextItemEvaluation} measures
 * what that predicts for every beginning of a test session, and {@link dev.segue.evaluation.RandomSearch} looks for
 * parameters on the validation sessions.
 */
@NullMarked
package dev.segue.evaluation;

import org.jspecify.annotations.NullMarked;
