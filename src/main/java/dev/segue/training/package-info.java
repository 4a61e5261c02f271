/**
 * Learns from the event log how long listeners play a track: log → rows → model → embeddings.
 *
 * <p>Start at {@link dev.segue.training.Training}, which is read from top to bottom: rows, epochs, early stopping, result. The
 * two models are DJL blocks, {@link dev.segue.training.ContextualBlock} and {@link dev.segue.training.NewBlock}; PyTorch does
 * their forward and backward passes in {@link dev.segue.training.TorchModel}, the only class that touches the engine. The
 * embeddings live in Java, and {@link dev.segue.training.AdamTable} updates the rows that a batch touched.
 * {@link dev.segue.training.ModelFolder} is what is left on the disk; reading it needs no engine.
 *
 * <p>What is served comes from there: {@link dev.segue.training.Neighbours} and {@link dev.segue.training.ListenerLists}. The top
 * tracks, {@link dev.segue.training.TopTracks}, are counted in the log alone.
 */
@NullMarked
package dev.segue.training;

import org.jspecify.annotations.NullMarked;
