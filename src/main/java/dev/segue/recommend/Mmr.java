package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.history.ListeningHistory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next track of a list is the one with the largest λ · relevance
 * − (1 − λ) · similarity, where similarity is the largest one to a track that is in the list already or was among the last plays.
 *
 * <p>The relevance of a track at place p, from 0, of n ranked ones is 1 − p/n: recommenders' scores have no common scale, but all have an
 * order. A track's similarity to one that came before is 1 if that is the track itself or one of the same artist; 1 − p/n if it is at place
 * p of the n neighbours of that one; and 0 otherwise.
 *
 * @param neighbours a track's neighbours, the nearest first
 * @param tracks have the artists
 * @param lambda λ, 0 to 1; 1 leaves the order as it is
 * @param pool how many of the best tracks are ordered anew, ≥ 2; those behind them follow as they are
 * @param plays how many of the session's last plays count as coming before, ≥ 1
 */
public record Mmr(IdLists neighbours, Tracks tracks, double lambda, int pool, int plays) {

    /** The name under which the configuration and explanations name it. */
    public static final String NAME = "mmr";

    /** Comparisons in 50 µs, at 1.2 ns each. */
    private static final int MOST_COMPARISONS = 40_000;

    public Mmr {
        if (!(lambda >= 0 && lambda <= 1) || pool < 2 || plays < 1) {
            throw new IllegalArgumentException("mmr: lambda " + lambda + " must be from 0 to 1, pool " + pool
                    + " at least 2, plays " + plays + " at least 1");
        }
    }

    /** Whether it may take over 50 µs: each track of the pool is compared with each other one, and with each of the last plays. */
    boolean isSlow() {
        return (long) pool * (pool + plays) > MOST_COMPARISONS;
    }

    /**
     * Orders ranked tracks anew.
     *
     * @param ranked distinct tracks, the best first
     * @param before tracks that are in the list already; those of them that are ranked are left out
     * @param count how many tracks are wanted at most
     */
    int[] order(int[] ranked, ListeningHistory history, List<Integer> before, int count) {
        var selection = new Selection(ranked);
        for (int back = 0; back < Math.min(plays, history.size()); back++) {
            selection.compareWith(history.track(back));
        }
        for (int track : before) {
            selection.compareWith(track);
            selection.take(track);
        }
        int[] ordered = new int[Math.min(count, selection.left)];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = selection.takeBest();
        }
        return ordered;
    }

    /** Ranked tracks of which one after the other is taken. */
    private final class Selection {

        private final int[] ranked;
        private final int[] artists;
        private final double[] similarities;
        private final boolean[] taken;
        private final Map<Integer, Integer> places;
        private int left;

        Selection(int[] ranked) {
            this.ranked = ranked;
            left = ranked.length;
            artists = new int[ranked.length];
            Arrays.setAll(artists, place -> tracks.artistRow(ranked[place]));
            similarities = new double[ranked.length];
            taken = new boolean[ranked.length];
            places = new HashMap<>(2 * ranked.length);
            for (int place = 0; place < ranked.length; place++) {
                places.put(ranked[place], place);
            }
        }

        /** Raises the similarities of tracks that are like this one. */
        void compareWith(int track) {
            raise(track, 1);
            int artist = tracks.artistRow(track);
            for (int place = 0; artist >= 0 && place < artists.length; place++) {
                if (artists[place] == artist) {
                    similarities[place] = 1;
                }
            }
            int row = neighbours.row(track);
            int size = row < 0 ? 0 : neighbours.size(row);
            for (int i = 0; i < size; i++) {
                raise(neighbours.get(row, i), 1 - (double) i / size);
            }
        }

        private void raise(int track, double similarity) {
            Integer place = places.get(track);
            if (place != null) {
                similarities[place] = Math.max(similarities[place], similarity);
            }
        }

        void take(int track) {
            Integer place = places.get(track);
            if (place != null && !taken[place]) {
                taken[place] = true;
                left--;
            }
        }

        /** Takes the track with the largest marginal relevance; of equal ones, the more relevant. */
        int takeBest() {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int place = 0; place < ranked.length; place++) {
                double relevance = 1 - (double) place / ranked.length;
                double marginal = lambda * relevance - (1 - lambda) * similarities[place];
                if (!taken[place] && marginal > most) {
                    best = place;
                    most = marginal;
                }
            }
            take(ranked[best]);
            compareWith(ranked[best]);
            return ranked[best];
        }
    }
}
