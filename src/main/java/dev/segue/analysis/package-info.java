/**
 * The statistics of experiments: effects, their confidence intervals and tests. {@link dev.segue.analysis.Sample} summarizes
 * an arm, {@link dev.segue.analysis.Effect} compares two arms, and {@link dev.segue.analysis.ExperimentEffects} combines the
 * effects of an experiment; start there.
 *
 * <p>The listener is the statistical unit, because experiments assign listeners; sessions and requests of one listener are not
 * independent. Shares and relative effects are fractions: 0.127 is +12.7%.
 */
@NullMarked
package dev.segue.analysis;

import org.jspecify.annotations.NullMarked;
