package dev.segue.recommend;

import dev.segue.history.ListeningHistory;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that recommenders may use.
 *
 * @param listener the listener's 64-bit key
 * @param last the last playback, or the last seed of the request, or null at the start of a session
 * @param history the session so far, {@code last} included, after the seeds of the request; valid only during the call
 * @param anchor the playback whose neighbours are candidates: {@code last} unless a {@link SessionRule} chose another
 * @param exclusions tracks that must not be recommended; null if there are none
 */
public record NextTrackRequest(
        long listener,
        @Nullable Playback last,
        ListeningHistory history,
        @Nullable Playback anchor,
        @Nullable Exclusions exclusions) {

    /** A request without exclusions. */
    public NextTrackRequest(long listener, @Nullable Playback last, ListeningHistory history) {
        this(listener, last, history, last, null);
    }

    /** This request with the anchor and exclusions of session rules. */
    NextTrackRequest withRules(@Nullable Playback newAnchor, Exclusions newExclusions) {
        return new NextTrackRequest(listener, last, history, newAnchor, newExclusions.isEmpty() ? null : newExclusions);
    }
}
