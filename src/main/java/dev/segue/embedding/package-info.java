/**
 * Serving of embedding models, which predict the played share of a track from inner products of embeddings.
 *
 * <p>Start with {@link dev.segue.embedding.EmbeddingModel}, the parameters, and {@link dev.segue.embedding.EmbeddingScorer}, the
 * prediction. The package {@code training} trains the models.
 */
@NullMarked
package dev.segue.embedding;

import org.jspecify.annotations.NullMarked;
