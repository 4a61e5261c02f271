/**
 * The records that the log, the service and the recommenders share: {@link dev.segue.play.Playback} is a track that was
 * played, {@link dev.segue.play.Recommendation} a track that was chosen and how, {@link dev.segue.play.Event} one request
 * with its response, as the log keeps it. Start with {@code Event}.
 */
@NullMarked
package dev.segue.play;

import org.jspecify.annotations.NullMarked;
