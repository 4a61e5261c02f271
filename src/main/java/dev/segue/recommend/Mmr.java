package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.history.ListeningHistory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reranks tracks by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next track of a list is the one with the largest
 * λ · relevance − (1 − λ) · similarity, where similarity is the maximum over the tracks of the list so far and the last plays.
 *
 * <p>The relevance of the track at place p, from 0, of n ranked tracks is 1 − p/n, because the scores of different recommenders have no
 * common scale. The similarity of a track to an earlier track is 1 if both are the same or by the same artist; 1 − p/n if the track is at
 * place p of the n neighbours of the earlier one; and 0 otherwise.
 *
 * @param neighbours each track's neighbours, nearest first
 * @param tracks the catalog's tracks with their artists
 * @param lambda λ, 0 to 1; 1 keeps the original order
 * @param pool number of best tracks that are reranked, ≥ 2; the others follow in their original order
 * @param plays number of the session's last plays that tracks are compared with, ≥ 1
 */
public record Mmr(IdLists neighbours, Tracks tracks, double lambda, int pool, int plays) {

    /** Its name in the configuration and in explanations. */
    public static final String NAME = "mmr";

    /** The number of comparisons in 50 µs, at 1.2 ns each. */
    private static final int MAX_COMPARISONS = 40_000;

    public Mmr {
        if (!(lambda >= 0 && lambda <= 1) || pool < 2 || plays < 1) {
            throw new IllegalArgumentException("mmr: lambda must be from 0 to 1, is " + lambda
                    + "; pool must be at least 2, is " + pool + "; plays must be at least 1, is " + plays);
        }
    }

    /** Whether it may take over 50 µs. Each track of the pool is compared with each other one and with each of the last plays. */
    boolean isSlow() {
        return (long) pool * (pool + plays) > MAX_COMPARISONS;
    }

    /** Reranks tracks.
     *
     * @param ranked distinct tracks, best first
     * @param history of the session; its seeds are no plays
     * @param selected tracks that the list has already; they are not returned again
     * @param maxCount maximum number of tracks to return
     */
    int[] order(int[] ranked, ListeningHistory history, List<Integer> selected, int maxCount) {
        var selection = new Selection(ranked);
        for (int back = 0; back < Math.min(plays, history.size() - history.seeds()); back++) {
            selection.compareWith(history.track(back));
        }
        for (int track : selected) {
            selection.compareWith(track);
            selection.take(track);
        }
        int[] ordered = new int[Math.min(maxCount, selection.remaining)];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = selection.takeBest();
        }
        return ordered;
    }

    /** A greedy selection among ranked tracks. Each array has one entry a place. */
    private final class Selection {

        private final int[] ranked;
        private final int[] artists;
        private final double[] similarities;
        private final boolean[] taken;
        private final Map<Integer, Integer> places;
        private int remaining;

        Selection(int[] ranked) {
            this.ranked = ranked;
            remaining = ranked.length;
            artists = new int[ranked.length];
            Arrays.setAll(artists, place -> tracks.artistRow(ranked[place]));
            similarities = new double[ranked.length];
            taken = new boolean[ranked.length];
            places = new HashMap<>(2 * ranked.length);
            for (int place = 0; place < ranked.length; place++) {
                places.put(ranked[place], place);
            }
        }

        /** Raises the similarities of the ranked tracks to at least their similarity to a track. */
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
                remaining--;
            }
        }

        /** Takes the track with the largest marginal relevance; ties go to the higher relevance. */
        int takeBest() {
            int best = -1;
            double highest = Double.NEGATIVE_INFINITY;
            for (int place = 0; place < ranked.length; place++) {
                double relevance = 1 - (double) place / ranked.length;
                double marginal = lambda * relevance - (1 - lambda) * similarities[place];
                if (!taken[place] && marginal > highest) {
                    best = place;
                    highest = marginal;
                }
            }
            take(ranked[best]);
            compareWith(ranked[best]);
            return ranked[best];
        }
    }
}
