package dev.segue.offpolicy;

import java.util.HashMap;
import java.util.Map;

/** The numbers of recommendations of each track by a recommender of a log. */
final class LoggedTracks {

    private final Map<Integer, Integer> counts = new HashMap<>();
    private long all;
    private long once;

    void add(int track) {
        all++;
        int count = counts.merge(track, 1, Integer::sum);
        once += count == 1 ? 1 : count == 2 ? -1 : 0;
    }

    boolean contains(int track) {
        return counts.containsKey(track);
    }

    /** The estimated probability, 0 to 1, that the recommender's next track is not in the log yet: the share of recommendations whose track
     * was recommended once (Good, The Population Frequencies of Species and the Estimation of Population Parameters, Biometrika 1953); 1
     * without recommendations.
     */
    double unseen() {
        return all == 0 ? 1 : (double) once / all;
    }
}
