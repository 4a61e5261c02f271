/**
 * Says from what listeners did which treatment won, and how sure that is. Every statistic is a function of per-listener
 * data: {@link dev.segue.analysis.Sample} holds an arm's, {@link dev.segue.analysis.Effect} compares two of them and
 * {@link dev.segue.analysis.ExperimentEffects} puts an experiment's effects together; start there.
 *
 * <p>The listener is the unit throughout, since listeners are what an experiment assigns; sessions and requests of the
 * same listener are not independent. Shares and relative effects are fractions: 0.127 is +12.7%.
 */
@NullMarked
package dev.segue.analysis;

import org.jspecify.annotations.NullMarked;
