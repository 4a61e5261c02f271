package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws uniformly from a list of tracks that the request determines. The factory methods differ in their lists.
 */
public final class UniformRecommender implements Recommender {

    /**
     * A draw from all tracks uses rejection sampling if more than 1 in {@value} tracks is allowed, and a list of the allowed tracks
     * otherwise.
     */
    private static final int DRAWS = 16;

    /** Chooses the row of the lists that a request draws from; -1 for none. */
    @FunctionalInterface
    interface RowChoice {
        int row(NextTrackRequest request);
    }

    private final String name;
    private final IdLists lists;
    private final RowChoice choice;

    /** The name of a request's list, to follow "drawn uniformly from 50" in a sentence. */
    private final Function<NextTrackRequest, String> listName;

    /** Whether the list has all tracks of the catalog. */
    private final boolean allTracks;

    private UniformRecommender(
            String name,
            IdLists lists,
            RowChoice choice,
            Function<NextTrackRequest, String> listName,
            boolean allTracks) {
        this.name = name;
        this.lists = lists;
        this.choice = choice;
        this.listName = listName;
        this.allTracks = allTracks;
    }

    private UniformRecommender(
            String name, IdLists lists, RowChoice choice, Function<NextTrackRequest, String> listName) {
        this(name, lists, choice, listName, false);
    }

    /** Draws from the neighbours of the anchor: the previous track, unless a session rule chose another. */
    public static UniformRecommender ofNeighbours(String name, IdLists neighbours) {
        return new UniformRecommender(
                name,
                neighbours,
                request -> {
                    var anchor = request.anchor();
                    return anchor == null ? -1 : neighbours.row(anchor.track());
                },
                request -> "neighbours of " + named(request.anchor()));
    }

    /** Draws from the neighbours of the session's first track. */
    public static UniformRecommender ofFirstTracksNeighbours(String name, IdLists neighbours) {
        return new UniformRecommender(
                name,
                neighbours,
                request -> request.history().size() == 0
                        ? -1
                        : neighbours.row(request.history().firstTrack()),
                request -> "neighbours of the session's first track, {"
                        + request.history().firstTrack() + "}");
    }

    /** Draws from the listener's own list. */
    public static UniformRecommender ofListenerLists(String name, IdLists listenerLists) {
        return new UniformRecommender(
                name,
                listenerLists,
                request -> listenerLists.row(request.listener()),
                request -> "tracks in the listener's own list");
    }

    /** Draws from the tracks of the previous track's artist, including the previous track, like Botify's sticky-artist recommender. */
    public static UniformRecommender ofArtist(String name, Tracks tracks) {
        return new UniformRecommender(
                name,
                tracks.byArtist(),
                request -> {
                    var last = request.last();
                    return last == null ? -1 : tracks.artistRow(last.track());
                },
                request -> "tracks by the artist of " + named(request.last()));
    }

    /** The track of a playback as {@code {id}}. */
    private static String named(@Nullable Playback playback) {
        return playback == null ? "" : "{" + playback.track() + "}";
    }

    /** Draws from the same list for every request. */
    public static UniformRecommender of(String name, int[] tracks) {
        return new UniformRecommender(
                name,
                IdLists.of(new long[1], new int[] {0, tracks.length}, tracks),
                request -> 0,
                request -> "tracks of the list " + name);
    }

    /** Draws from all tracks. */
    public static UniformRecommender ofAll(String name, Tracks tracks) {
        int[] all = new int[tracks.size()];
        Arrays.setAll(all, tracks::idAt);
        return new UniformRecommender(
                name,
                IdLists.of(new long[1], new int[] {0, all.length}, all),
                request -> 0,
                request -> "tracks of the catalog",
                true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        int row = row(request);
        int size = row < 0 ? 0 : lists.size(row);
        Exclusions exclusions = request.exclusions();
        if (size == 0) {
            return Recommendation.NONE;
        }
        if (exclusions != null) {
            return recommend(row, exclusions, random);
        }
        return Recommendation.of(lists.get(row, random.nextInt(size)), 1.0 / size, size, name);
    }

    @Override
    public String reason(NextTrackRequest request, Recommendation chosen) {
        return "It was drawn uniformly from " + chosen.candidates() + " " + listName.apply(request) + ".";
    }

    private Recommendation recommend(int row, Exclusions exclusions, RandomGenerator random) {
        int allowedCount = allTracks ? countAllowed(row, exclusions) : 0;
        if (allowedCount > lists.size(row) / DRAWS) {
            return Recommendation.of(drawAllowed(row, exclusions, random), 1.0 / allowedCount, allowedCount, name);
        }
        int[] allowed = allowed(row, exclusions);
        return allowed.length == 0
                ? Recommendation.NONE
                : Recommendation.of(
                        allowed[random.nextInt(allowed.length)], 1.0 / allowed.length, allowed.length, name);
    }

    /** Draws by rejection sampling. */
    private int drawAllowed(int row, Exclusions exclusions, RandomGenerator random) {
        while (true) {
            int track = lists.get(row, random.nextInt(lists.size(row)));
            if (!exclusions.contains(track)) {
                return track;
            }
        }
    }

    @Override
    public TrackDistribution distribution(NextTrackRequest request) {
        int row = row(request);
        Exclusions exclusions = request.exclusions();
        int allowed = row < 0 ? 0 : countAllowed(row, exclusions);
        return allowed == 0 ? TrackDistribution.NONE : new Uniform(row, exclusions, allowed);
    }

    private int countAllowed(int row, @Nullable Exclusions exclusions) {
        if (exclusions == null) {
            return lists.size(row);
        }
        return allTracks ? lists.size(row) - exclusions.trackCount() : allowed(row, exclusions).length;
    }

    /** The uniform distribution over the allowed tracks of a row. */
    private final class Uniform implements TrackDistribution {

        private final int row;
        private final @Nullable Exclusions exclusions;
        private final int allowed;

        Uniform(int row, @Nullable Exclusions exclusions, int allowed) {
            this.row = row;
            this.exclusions = exclusions;
            this.allowed = allowed;
        }

        @Override
        public double probability(int track) {
            if (exclusions != null && exclusions.contains(track)) {
                return 0;
            }
            for (int i = 0; i < lists.size(row); i++) {
                if (lists.get(row, i) == track) {
                    return 1.0 / allowed;
                }
            }
            return 0;
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            double sum = 0;
            for (int i = 0; i < lists.size(row); i++) {
                int track = lists.get(row, i);
                if (exclusions == null || !exclusions.contains(track)) {
                    sum += value.applyAsDouble(track);
                }
            }
            return sum / allowed;
        }
    }

    private int row(NextTrackRequest request) {
        int row = choice.row(request);
        return row < lists.rows() ? row : -1;
    }

    /** The allowed tracks of a row, in the order of the list. */
    private int[] allowed(int row, @Nullable Exclusions exclusions) {
        int[] allowed = new int[lists.size(row)];
        int count = 0;
        for (int i = 0; i < allowed.length; i++) {
            int track = lists.get(row, i);
            if (exclusions == null || !exclusions.contains(track)) {
                allowed[count++] = track;
            }
        }
        return Arrays.copyOf(allowed, count);
    }

    @Override
    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        Recommendation first = recommend(request, random);
        if (first.isNone()) {
            return;
        }
        ranking.add(first.track());
        if (allTracks) {
            drawAll(request.exclusions(), random, ranking);
        } else {
            order(request, ranking);
        }
    }

    /**
     * Draws from all tracks. Fills up in the catalog's order after a number of draws that is reached only if nearly all tracks are taken
     * or excluded.
     */
    private void drawAll(@Nullable Exclusions exclusions, RandomGenerator random, Ranking ranking) {
        int size = lists.size(0);
        int maxDraws = Math.min(4 * size, 4 * DRAWS * ranking.missing());
        for (int draws = 0; ranking.missing() > 0 && draws < maxDraws; draws++) {
            int track = lists.get(0, random.nextInt(size));
            if (exclusions == null || !exclusions.contains(track)) {
                ranking.add(track);
            }
        }
        for (int row = 0; row < size && ranking.missing() > 0; row++) {
            int track = lists.get(0, row);
            if (exclusions == null || !exclusions.contains(track)) {
                ranking.add(track);
            }
        }
    }

    /** Adds the tracks in the order of the list. */
    @Override
    public void order(NextTrackRequest request, Ranking ranking) {
        int row = row(request);
        if (row >= 0 && !allTracks) {
            for (int track : allowed(row, request.exclusions())) {
                ranking.add(track);
            }
        }
    }
}
