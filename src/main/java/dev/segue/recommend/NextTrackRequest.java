package dev.segue.recommend;

import dev.segue.history.ListeningHistory;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * The data of a request that a recommender may use.
 *
 * @param listener the listener's 64-bit key
 * @param last what was just played, or null at the beginning of a session
 * @param history the session so far, {@code last} included; valid only during the call
 * @param anchor the listen whose neighbours may come next: {@code last} unless a {@link SessionRule} chose another
 * @param exclusions the tracks that must not be recommended; null if there are none
 */
public record NextTrackRequest(
        long listener,
        @Nullable Playback last,
        ListeningHistory history,
        @Nullable Playback anchor,
        @Nullable Exclusions exclusions) {

    /** A request that leaves out nothing. */
    public NextTrackRequest(long listener, @Nullable Playback last, ListeningHistory history) {
        this(listener, last, history, last, null);
    }

    /** The same request under session rules. */
    NextTrackRequest under(@Nullable Playback newAnchor, Exclusions newExclusions) {
        return new NextTrackRequest(listener, last, history, newAnchor, newExclusions.isEmpty() ? null : newExclusions);
    }
}
