/**
 * Off-policy evaluation: what a policy would be worth to listeners, estimated from the log of other policies that recorded the
 * probabilities of their choices.
 *
 * <p>A {@link dev.segue.offpolicy.Decision} is one recommendation of the log together with the probability that the target policy
 * gives it. {@link dev.segue.offpolicy.DecisionEstimates} estimates the mean reward of the next playback by the {@link
 * dev.segue.offpolicy.Estimator}s, and {@link dev.segue.offpolicy.SessionEstimates} the sum of a session's first rewards. Every
 * estimate has an effective sample size and intervals, or the reason why it is refused. {@link dev.segue.offpolicy.SessionLog} reads
 * an event log, {@link dev.segue.offpolicy.TargetPolicy} replays it through a recommender, and {@link
 * dev.segue.offpolicy.OpenBanditData} reads the format of the Open Bandit data. Start with {@code Estimator}.
 */
@NullMarked
package dev.segue.offpolicy;

import org.jspecify.annotations.NullMarked;
