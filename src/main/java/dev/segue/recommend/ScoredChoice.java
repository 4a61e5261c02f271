package dev.segue.recommend;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The ε-greedy choice among ranked tracks: the first one with probability 1 − ε, and otherwise one of all, drawn uniformly.
 *
 * @param tracks distinct, the best first; at least one
 * @param exploration ε, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // made and read in one place
record Greedy(int[] tracks, double exploration) implements TrackDistribution {

    @Override
    public double of(int track) {
        for (int place = 0; place < tracks.length; place++) {
            if (tracks[place] == track) {
                return at(place);
            }
        }
        return 0;
    }

    /** The probability of the track at a place of the ranking. */
    double at(int place) {
        return exploration / tracks.length + (place == 0 ? 1 - exploration : 0);
    }

    @Override
    public double mean(IntToDoubleFunction value) {
        return exploration * Arrays.stream(tracks).mapToDouble(value).average().orElse(0)
                + (1 - exploration) * value.applyAsDouble(tracks[0]);
    }
}
