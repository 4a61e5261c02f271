package dev.segue.health;

import dev.segue.event.Session;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.List;

/**
 * An event of a session: the played track, and the track that was recommended after it.
 *
 * @param played the played track; {@link #NONE} at the start of a session
 * @param recommended the recommended track; {@link #NONE} if no track was recommended
 * @param recommender the name of the recommender; empty if the log does not have it
 */
record Step(int played, int recommended, String recommender) {

    /** The id that stands for no track. */
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

    boolean hasPlay() {
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
