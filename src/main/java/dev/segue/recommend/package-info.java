/**
 * Chooses the next track. A {@link dev.segue.recommend.Recommender} is a function of a request and a random stream; start
 * there. {@link dev.segue.recommend.UniformRecommender} is every recommender that draws from a list, and {@link
 * dev.segue.recommend.FallbackChain} continues with the next one if one has no track.
 */
@NullMarked
package dev.segue.recommend;

import org.jspecify.annotations.NullMarked;
