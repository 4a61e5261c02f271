/**
 * State that requests change and a restart keeps. {@link dev.segue.state.FeedbackStore} has the likes, dislikes and bans of listeners,
 * {@link dev.segue.state.WithdrawnTracks} the tracks that operators withdrew from all listeners. Each is a file of JSON lines, forced to
 * the disk line by line, and read whole at start. Start with {@code FeedbackStore}.
 */
@NullMarked
package dev.segue.state;

import org.jspecify.annotations.NullMarked;
