/**
 * The session model: a posterior over the taste of a session, in an embedding space that is estimated from the log.
 *
 * <p>A <em>unit</em> is a group of a listener's sessions that share one taste. The logit of the played share of track t in unit g
 * is w_g · [e_t, 1]. The vectors have Gaussian priors: the vector of a track is centred at its artist's vector, and the vector of a unit at
 * the mean context of its first tracks plus the listener's offset. {@link dev.segue.posterior.SessionFit} estimates all of them by
 * variational Bayes with the bound of Jaakkola and Jordan (2000), {@link dev.segue.posterior.UnitMerging} groups sessions into units, and
 * {@link dev.segue.posterior.SessionPosterior} updates the posterior of a session by its playbacks. Start with {@link
 * dev.segue.posterior.SessionModel}.
 */
@NullMarked
package dev.segue.posterior;

import org.jspecify.annotations.NullMarked;
