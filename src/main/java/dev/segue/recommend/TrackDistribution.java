package dev.segue.recommend;

import java.util.function.IntToDoubleFunction;

/**
 * The probabilities with which a recommender chooses tracks for a request. Valid as long as the request, because its history and exclusions
 * are read by each call.
 */
public interface TrackDistribution {

    /** The recommender makes no recommendation: every probability is 0. */
    TrackDistribution NONE = new TrackDistribution() {
        @Override
        public double probability(int track) {
            return 0;
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            return 0;
        }
    };

    /** There is no closed form: every probability is NaN. */
    TrackDistribution UNKNOWN = new TrackDistribution() {
        @Override
        public double probability(int track) {
            return Double.NaN;
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            return Double.NaN;
        }
    };

    /** The probability of a track, 0 to 1; NaN if there is no closed form. */
    double probability(int track);

    /** The expected value, Σ probability(track) · value(track) over all tracks; NaN if there is no closed form. */
    double mean(IntToDoubleFunction value);

    /** Whether the recommender makes no recommendation. */
    default boolean isNone() {
        return this == NONE;
    }
}
