/**
 * Trains models that predict the played share of tracks from event logs.
 *
 * <p>Start with {@link dev.segue.training.Training}, which trains the two embedding models: rows, epochs, early stopping, result. The
 * models are DJL blocks, {@link dev.segue.training.ContextualBlock} and {@link dev.segue.training.NewBlock}. {@link
 * dev.segue.training.TorchModel}, the only class that uses the engine, runs their forward and backward passes in PyTorch. The embeddings
 * are stored in Java; {@link dev.segue.training.AdamTable} updates the rows that a batch uses. {@link dev.segue.training.ModelFolder}
 * stores the model on disk; reading it does not need the engine. {@link dev.segue.training.SessionModelTraining} trains session models.
 *
 * <p>{@link dev.segue.training.Neighbours} and {@link dev.segue.training.ListenerLists} compute the served lists from an embedding model.
 * {@link dev.segue.training.TopTracks} counts the top tracks of a log.
 */
@NullMarked
package dev.segue.training;

import org.jspecify.annotations.NullMarked;
