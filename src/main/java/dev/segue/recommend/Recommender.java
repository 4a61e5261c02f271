package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses the next track for a listener. A recommender is a function of its arguments: it has no state, so the same
 * request with the same random stream gets the same recommendation, and any thread may call it.
 */
public interface Recommender {

    /** The name in the log and in explanations. */
    String name();

    /**
     * The next track.
     *
     * @param random the stream to draw from; a deterministic recommender does not use it and has propensity 1
     * @return a track, or {@link Recommendation#NONE} if this recommender has no track for the request
     */
    Recommendation recommend(NextTrackRequest request, RandomGenerator random);

    /**
     * Adds tracks to a list until it is full or there are no more candidates: first the track that {@link #recommend} chooses, given
     * a stream in the same state, then the others in this recommender's {@link #order}. The list's propensity is that of its
     * first track, since the others follow from it.
     */
    void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking);

    /**
     * Adds tracks in the order of this recommender's own scores, or of its list, the best first; nothing is drawn. Adds nothing if
     * all tracks are the same to it.
     */
    default void order(NextTrackRequest request, Ranking ranking) {}

    /** Whether a recommendation takes over 50 µs, so that a server should not run it on the selectors' threads. */
    default boolean isSlow() {
        return false;
    }

    /**
     * The probabilities with which {@link #recommend} chooses tracks for a request, for off-policy evaluation of a recommender that
     * did not make the logged recommendation. A recommended track's propensity is its probability here.
     *
     * @return {@link TrackDistribution#UNKNOWN} if there is no closed form, and {@link TrackDistribution#NONE} if this recommender
     *     has no track for the request
     */
    default TrackDistribution distribution(NextTrackRequest request) {
        return TrackDistribution.UNKNOWN;
    }

    /** The probability with which {@link #recommend} chooses a track for a request; NaN if there is no closed form for it. */
    default double probability(NextTrackRequest request, int track) {
        return distribution(request).of(track);
    }

    /**
     * Why this recommender chose a track: a sentence that names tracks as {@code {id}}; empty if it has none.
     *
     * @param chosen as {@link #recommend} returned it for the request
     */
    default String reason(NextTrackRequest request, Recommendation chosen) {
        return "";
    }

    /** The tracks that session rules leave out of the response to a request, or move back, rule by rule; empty without rules. */
    default List<RuleEffect> effects(NextTrackRequest request) {
        return List.of();
    }

    /** This recommender, or {@code fallback} if this one has no track. */
    default Recommender orElse(Recommender fallback) {
        return FallbackChain.of(this, fallback);
    }
}
