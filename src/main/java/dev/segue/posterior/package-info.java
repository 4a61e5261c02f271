/**
 * The session model: a posterior over the taste of a session, in an embedding space that is learned from the log.
 *
 * <p>A <em>unit</em> is a group of a listener's sessions that share one taste. The logit of the share played of track t in
 * unit g is w_g · [e_t, 1]. The vectors have Gaussian priors: of a track around its artist's, of a unit around what its
 * first tracks and its listener suggest. {@link dev.segue.posterior.SessionFit} estimates all of them by variational Bayes
 * with the bound of Jaakkola and Jordan (2000), {@link dev.segue.posterior.UnitMerging} groups sessions into units, and
 * {@link dev.segue.posterior.SessionPosterior} follows a session while it is played. Start with {@link
 * dev.segue.posterior.SessionModel}.
 */
@NullMarked
package dev.segue.posterior;

import org.jspecify.annotations.NullMarked;
