/**
 * Recommenders of the next track. Start with {@link dev.segue.recommend.Recommender}, a function of a request and a random stream. {@link
 * dev.segue.recommend.UniformRecommender} draws from a list, and {@link dev.segue.recommend.FallbackChain} tries recommenders in order.
 */
@NullMarked
package dev.segue.recommend;

import org.jspecify.annotations.NullMarked;
