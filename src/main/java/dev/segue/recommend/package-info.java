/**
 * Chooses the next track. A {@link dev.segue.recommend.Recommender} is a function of a request and a random stream; start
 * there. {@link dev.segue.recommend.UniformRecommender} is every recommender that draws from a list, and {@link
 * dev.segue.recommend.FallbackChain} asks the next one when one has no opinion.
 */
@NullMarked
package dev.segue.recommend;

import org.jspecify.annotations.NullMarked;
