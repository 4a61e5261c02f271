package dev.segue.recommend;

/**
 * A track, and how it came to be chosen.
 *
 * @param track the track's id, or -1 in {@link #NONE}
 * @param propensity P(track | request, history, arm, catalog generation), 0..1; NaN where the recommender has no closed
 *     form for it
 * @param candidates how many tracks it was chosen from
 * @param recommender the name of the recommender that chose
 * @param fallback how many recommenders before it had no opinion
 */
public record Recommendation(int track, double propensity, int candidates, String recommender, int fallback) {

    /** No opinion. */
    public static final Recommendation NONE = new Recommendation(-1, Double.NaN, 0, "", 0);

    /** A track chosen by a recommender that was asked first. */
    public static Recommendation of(int track, double propensity, int candidates, String recommender) {
        return new Recommendation(track, propensity, candidates, recommender, 0);
    }

    /** Whether this is {@link #NONE}. */
    public boolean isNone() {
        return track < 0;
    }

    Recommendation afterFallbacks(int depth) {
        return depth == 0 ? this : new Recommendation(track, propensity, candidates, recommender, depth);
    }
}
