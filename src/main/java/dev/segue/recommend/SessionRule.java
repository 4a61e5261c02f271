package dev.segue.recommend;

import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * Excludes tracks that should not be recommended at this point of a session. A rule is stateless and thread-safe. {@link RuledRecommender}
 * applies rules to a recommender.
 */
public interface SessionRule {

    /** The rule's name in the configuration and in explanations. */
    String name();

    /** Adds the tracks that this rule excludes. */
    void apply(NextTrackRequest request, Exclusions exclusions);

    /** The playback whose neighbours are candidates.
     *
     * @param anchor the anchor without this rule: the last playback, or null at the start of a session
     */
    default @Nullable Playback anchor(NextTrackRequest request, @Nullable Playback anchor) {
        return anchor;
    }
}
