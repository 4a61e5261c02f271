package dev.segue.recommend;

import dev.segue.listening.Listen;
import dev.segue.listening.ListeningHistory;
import org.jspecify.annotations.Nullable;

/**
 * What a recommender may know.
 *
 * @param listener the listener's 64-bit key
 * @param last what was just played, or null at the beginning of a session
 * @param history the session so far, {@code last} included; valid only during the call
 */
public record NextTrackRequest(long listener, @Nullable Listen last, ListeningHistory history) {}
