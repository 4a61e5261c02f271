/**
 * Embedding models as they are served: the share of a track that a listener plays, as a function of inner products.
 *
 * <p>Start at {@link dev.segue.embedding.EmbeddingModel}, the numbers, and {@link dev.segue.embedding.EmbeddingScorer}, the
 * prediction. The package {@code training} learns them.
 */
@NullMarked
package dev.segue.embedding;

import org.jspecify.annotations.NullMarked;
