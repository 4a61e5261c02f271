package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses the next track for a listener. A recommender is stateless and thread-safe: the same request with the same random stream gets the
 * same recommendation.
 */
public interface Recommender {

    /** The recommender's name in logs and explanations. */
    String name();

    /** Recommends the next track.
     *
     * @param random the stream to draw from; a deterministic recommender does not use it and has propensity 1
     * @return a track, or {@link Recommendation#NONE} if this recommender cannot recommend a track for the request
     */
    Recommendation recommend(NextTrackRequest request, RandomGenerator random);

    /**
     * Adds tracks to a ranking until it is full or there are no more candidates: first the track that {@link #recommend} chooses with
     * a stream in the same state, then the others in this recommender's {@link #order}. The ranking's propensity is that of its first
     * track, which determines the others.
     */
    void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking);

    /**
     * Adds tracks to a ranking in the order of this recommender's scores, or of its list, best first, without randomness. Adds nothing if
     * the recommender does not order its tracks.
     */
    default void order(NextTrackRequest request, Ranking ranking) {}

    /** Whether a recommendation may take over 50 µs, so that a server should not compute it on its event loop. */
    default boolean isSlow() {
        return false;
    }

    /**
     * The probabilities with which {@link #recommend} chooses tracks for a request; off-policy evaluation computes them for recommenders
     * other than the logged one. A recommended track's propensity is its probability here.
     *
     * @return {@link TrackDistribution#UNKNOWN} if there is no closed form; {@link TrackDistribution#NONE} if {@link #recommend} returns
     *     {@link Recommendation#NONE}
     */
    default TrackDistribution distribution(NextTrackRequest request) {
        return TrackDistribution.UNKNOWN;
    }

    /** The probability that {@link #recommend} chooses a track for a request, 0 to 1; NaN if there is no closed form. */
    default double probability(NextTrackRequest request, int track) {
        return distribution(request).probability(track);
    }

    /**
     * The reason for a recommendation: a sentence that names tracks as {@code {id}}; empty if there is none.
     *
     * @param chosen the recommendation that {@link #recommend} returned for the request
     */
    default String reason(NextTrackRequest request, Recommendation chosen) {
        return "";
    }

    /** For each session rule, the tracks that it excludes from the response or moves back in it; empty without rules. */
    default List<RuleEffect> effects(NextTrackRequest request) {
        return List.of();
    }

    /** This recommender, with a fallback for the requests where it returns {@link Recommendation#NONE}. */
    default Recommender orElse(Recommender fallback) {
        return FallbackChain.of(this, fallback);
    }
}
