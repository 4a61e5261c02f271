/**
 * Off-policy evaluation: estimates the rewards of a target policy from the log of other policies, which has the propensities of their
 * choices.
 *
 * <p>Start with {@link dev.segue.offpolicy.Estimator}. A {@link dev.segue.offpolicy.Decision} is a logged recommendation with the target
 * policy's probability. {@link dev.segue.offpolicy.DecisionEstimates} estimates the mean reward of the next playback, and {@link
 * dev.segue.offpolicy.SessionEstimates} the sum of a session's first rewards. Each estimate has an effective sample size and intervals,
 * or the reason for its refusal. {@link dev.segue.offpolicy.SessionLog} reads an event log, {@link dev.segue.offpolicy.TargetPolicy}
 * replays it through a recommender, and {@link dev.segue.offpolicy.OpenBanditData} reads the format of the Open Bandit data.
 */
@NullMarked
package dev.segue.offpolicy;

import org.jspecify.annotations.NullMarked;
