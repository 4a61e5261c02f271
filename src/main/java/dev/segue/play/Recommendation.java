package dev.segue.play;

import dev.segue.id.TrackIds;
import java.util.Objects;

/**
 * A recommended track, and how it was chosen.
 *
 * @param track the track, by {@link TrackIds}, or {@link #NO_TRACK}
 * @param propensity P(track | request, history, arm, catalog generation), 0..1, or {@link #UNKNOWN_PROPENSITY}
 * @param candidates how many tracks it was chosen from
 * @param recommender the name of the recommender that chose; empty if that is unknown, as in Botify's logs
 * @param fallback how many recommenders before it had no track for the request
 */
public record Recommendation(int track, double propensity, int candidates, String recommender, int fallback) {

    /** Stands for the track where none is recommended. */
    public static final int NO_TRACK = TrackIds.NONE;

    /** Stands for a propensity without a closed form; compare with {@link Double#isNaN}. */
    public static final double UNKNOWN_PROPENSITY = Double.NaN;

    /** No track. */
    public static final Recommendation NONE = ofUnknownOrigin(NO_TRACK);

    public Recommendation {
        Objects.requireNonNull(recommender, "recommender");
        if (track != NO_TRACK && !TrackIds.isTrack(track)) {
            throw new IllegalArgumentException("recommendation " + track + " is negative");
        }
        if (Double.isInfinite(propensity)) {
            throw new IllegalArgumentException("propensity " + propensity + " is no probability");
        }
    }

    /** A track chosen by the first recommender of a chain. */
    public static Recommendation of(int track, double propensity, int candidates, String recommender) {
        return new Recommendation(track, propensity, candidates, recommender, 0);
    }

    /** A track, or {@link #NO_TRACK}, whose recommender is unknown. */
    public static Recommendation ofUnknownOrigin(int track) {
        return new Recommendation(track, UNKNOWN_PROPENSITY, 0, "", 0);
    }

    /** Whether there is no track. */
    public boolean isNone() {
        return track == NO_TRACK;
    }

    /** Whether the recommender is known. */
    public boolean hasOrigin() {
        return !recommender.isEmpty();
    }

    /** The same, chosen after so many recommenders had no track for the request. */
    public Recommendation afterFallbacks(int depth) {
        return depth == 0 ? this : new Recommendation(track, propensity, candidates, recommender, depth);
    }
}
