package dev.segue.health;

import dev.segue.event.Event;
import dev.segue.event.Event.Origin;
import dev.segue.event.Event.Playback;
import dev.segue.event.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a session: what was played, then what was recommended.
 *
 * @param played the track, or {@link #NONE} at a start
 * @param recommended the track, or {@link #NONE} if nothing was recommended
 * @param recommender the name of the recommender that chose it; null if the log does not have it
 */
record Step(int played, int recommended, @Nullable String recommender) {

    /** No track. */
    static final int NONE = -1;

    /** The steps of a session in their order. */
    static List<Step> of(Session session) {
        return session.events().stream().map(Step::of).toList();
    }

    private static Step of(Event event) {
        Playback playback = event.playback();
        Origin origin = event.origin();
        return new Step(
                playback == null ? NONE : playback.track(),
                event.recommendation() == Event.NO_TRACK ? NONE : event.recommendation(),
                origin == null ? null : origin.recommender());
    }

    boolean hasPlayed() {
        return played != NONE;
    }

    boolean hasRecommendation() {
        return recommended != NONE;
    }
}
