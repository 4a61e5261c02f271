package dev.segue.recommend;

import java.util.function.IntToDoubleFunction;

/**
 * The probabilities with which a recommender chooses tracks for a request. Valid as long as the request: its history and exclusions
 * are read when a probability is asked for.
 */
public interface TrackDistribution {

    /** The recommender has no track for the request: every track has the probability 0. */
    TrackDistribution NONE = new TrackDistribution() {
        @Override
        public double of(int track) {
            return 0;
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            return 0;
        }
    };

    /** The recommender has no closed form: every probability is NaN. */
    TrackDistribution UNKNOWN = new TrackDistribution() {
        @Override
        public double of(int track) {
            return Double.NaN;
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            return Double.NaN;
        }
    };

    /** The probability of a track, 0 to 1; NaN where the recommender has no closed form for it. */
    double of(int track);

    /** Σ probability(track) · value(track) over all tracks; NaN where {@link #of} is NaN. */
    double mean(IntToDoubleFunction value);

    /** Whether the recommender has no track for the request. */
    default boolean isNone() {
        return this == NONE;
    }
}
