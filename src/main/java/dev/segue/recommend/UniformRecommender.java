package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import java.util.random.RandomGenerator;

/**
 * Draws uniformly from one list of tracks: the request says which list. Every recommender that Segue has from the start is
 * one of these; the factories below differ only in where the lists come from.
 */
public final class UniformRecommender implements Recommender {

    /** Which row of the lists a request draws from; -1 for none. */
    @FunctionalInterface
    interface RowChoice {
        int row(NextTrackRequest request);
    }

    private final String name;
    private final IdLists lists;
    private final RowChoice choice;

    private UniformRecommender(String name, IdLists lists, RowChoice choice) {
        this.name = name;
        this.lists = lists;
        this.choice = choice;
    }

    /** Draws from the neighbours of the previous track. */
    public static UniformRecommender ofNeighbours(String name, IdLists neighbours) {
        return new UniformRecommender(name, neighbours, request -> {
            var last = request.last();
            return last == null ? -1 : neighbours.row(last.track());
        });
    }

    /** Draws from the listener's own list. */
    public static UniformRecommender ofListenerLists(String name, IdLists listenerLists) {
        return new UniformRecommender(name, listenerLists, request -> listenerLists.row(request.listener()));
    }

    /** Draws from the tracks of the previous track's artist, the previous track included, as Botify's does. */
    public static UniformRecommender ofArtist(String name, Tracks tracks) {
        return new UniformRecommender(name, tracks.byArtist(), request -> {
            var last = request.last();
            return last == null ? -1 : tracks.artistRow(last.track());
        });
    }

    /** Draws from one list, whoever asks. */
    public static UniformRecommender of(String name, int[] tracks) {
        return new UniformRecommender(
                name, IdLists.of(new long[1], new int[] {0, tracks.length}, tracks), request -> 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        int row = choice.row(request);
        int size = row < 0 || row >= lists.rows() ? 0 : lists.size(row);
        if (size == 0) {
            return Recommendation.NONE;
        }
        return Recommendation.of(lists.get(row, random.nextInt(size)), 1.0 / size, size, name);
    }

    @Override
    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        int row = choice.row(request);
        int size = row < 0 || row >= lists.rows() ? 0 : lists.size(row);
        if (size > 4 * ranking.missing()) {
            // A long list: most draws are new, so drawing again what was drawn before costs less than shuffling a copy.
            // The bound only matters if nearly all of the list is in the ranking already.
            for (int draws = 0; ranking.missing() > 0 && draws < 4 * size; draws++) {
                ranking.add(lists.get(row, random.nextInt(size)));
            }
            return;
        }
        int[] shuffled = new int[size];
        for (int i = 0; i < size; i++) {
            shuffled[i] = lists.get(row, i);
        }
        for (int left = size; left > 0 && ranking.missing() > 0; left--) {
            int drawn = random.nextInt(left);
            ranking.add(shuffled[drawn]);
            shuffled[drawn] = shuffled[left - 1];
        }
    }
}
