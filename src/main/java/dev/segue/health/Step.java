package dev.segue.health;

import dev.segue.event.Session;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.List;

/**
 * One event of a session: what was played, then what was recommended.
 *
 * @param played the track, or {@link #NONE} at a start
 * @param recommended the track, or {@link #NONE} if nothing was recommended
 * @param recommender the name of the recommender that chose it; empty if the log does not have it
 */
record Step(int played, int recommended, String recommender) {

    /** No track. */
    static final int NONE = Recommendation.NO_TRACK;

    /** The steps of a session in their order. */
    static List<Step> of(Session session) {
        return session.events().stream().map(Step::of).toList();
    }

    private static Step of(Event event) {
        Playback playback = event.playback();
        Recommendation recommendation = event.recommendation();
        return new Step(
                playback == null ? NONE : playback.track(), recommendation.track(), recommendation.recommender());
    }

    boolean hasPlayed() {
        return played != NONE;
    }

    boolean hasRecommendation() {
        return recommended != NONE;
    }

    /** Whether the log has the recommender's name. */
    boolean hasRecommender() {
        return !recommender.isEmpty();
    }
}
