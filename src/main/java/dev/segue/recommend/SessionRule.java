package dev.segue.recommend;

import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out tracks that should not be recommended now, given the session so far. A rule is a function of the request and may be
 * asked by any thread. {@link RuledRecommender} applies rules to a recommender.
 */
public interface SessionRule {

    /** The name under which the configuration and explanations name it. */
    String name();

    /** Adds the tracks that this rule leaves out. */
    void apply(NextTrackRequest request, Exclusions exclusions);

    /**
     * The listen whose neighbours may come next.
     *
     * @param anchor what it is without this rule: what was just played, or null at the beginning of a session
     */
    default @Nullable Playback anchor(NextTrackRequest request, @Nullable Playback anchor) {
        return anchor;
    }
}
