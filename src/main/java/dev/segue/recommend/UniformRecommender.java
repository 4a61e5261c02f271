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
 * Draws uniformly from one list of tracks: the request determines the list. Every recommender that Segue has from the start is
 * one of these; the factories below differ only in where the lists come from.
 */
public final class UniformRecommender implements Recommender {

    /** Of all tracks, one is drawn until it is allowed if one in so many is; otherwise the allowed ones are collected first. */
    private static final int DRAWS = 16;

    /** Which row of the lists a request draws from; -1 for none. */
    @FunctionalInterface
    interface RowChoice {
        int row(NextTrackRequest request);
    }

    private final String name;
    private final IdLists lists;
    private final RowChoice choice;

    /** A name for the row of a request, as a sentence continues "drawn uniformly from 50 …". */
    private final Function<NextTrackRequest, String> meaning;

    /** Whether the list is all tracks there are. */
    private final boolean everything;

    private UniformRecommender(
            String name,
            IdLists lists,
            RowChoice choice,
            Function<NextTrackRequest, String> meaning,
            boolean everything) {
        this.name = name;
        this.lists = lists;
        this.choice = choice;
        this.meaning = meaning;
        this.everything = everything;
    }

    private UniformRecommender(
            String name, IdLists lists, RowChoice choice, Function<NextTrackRequest, String> meaning) {
        this(name, lists, choice, meaning, false);
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

    /** Draws from the tracks of the previous track's artist, the previous track included, as Botify's does. */
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

    /** A listen's track as sentences name it. */
    private static String named(@Nullable Playback listen) {
        return listen == null ? "" : "{" + listen.track() + "}";
    }

    /** Draws from one list for all requests. */
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
        return "It was drawn uniformly from " + chosen.candidates() + " " + meaning.apply(request) + ".";
    }

    private Recommendation recommend(int row, Exclusions exclusions, RandomGenerator random) {
        int left = everything ? countAllowed(row, exclusions) : 0;
        if (left > lists.size(row) / DRAWS) {
            return Recommendation.of(drawAllowed(row, exclusions, random), 1.0 / left, left, name);
        }
        int[] allowed = allowed(row, exclusions);
        return allowed.length == 0
                ? Recommendation.NONE
                : Recommendation.of(
                        allowed[random.nextInt(allowed.length)], 1.0 / allowed.length, allowed.length, name);
    }

    /** Draws again what is left out. */
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
        return everything ? lists.size(row) - exclusions.countOfAll() : allowed(row, exclusions).length;
    }

    /** The same probability for each track of a row that may be recommended. */
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
        public double of(int track) {
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

    /** A row's tracks that may be recommended, in the order of the list. */
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
        if (everything) {
            drawAll(request.exclusions(), random, ranking);
        } else {
            order(request, ranking);
        }
    }

    /** Draws from all tracks; the bound only matters if nearly all of them are in the ranking already, or left out. */
    private void drawAll(@Nullable Exclusions exclusions, RandomGenerator random, Ranking ranking) {
        int size = lists.size(0);
        int most = Math.min(4 * size, 4 * DRAWS * ranking.missing());
        for (int draws = 0; ranking.missing() > 0 && draws < most; draws++) {
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

    /** The order of the list. */
    @Override
    public void order(NextTrackRequest request, Ranking ranking) {
        int row = row(request);
        if (row >= 0 && !everything) {
            for (int track : allowed(row, request.exclusions())) {
                ranking.add(track);
            }
        }
    }
}
