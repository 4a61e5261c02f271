package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.embedding.Context;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.EmbeddingScorer;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.ServedModel;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.play.Playback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten tracks. The model predicts the share 0.1 · t for track t after track 0, and −0.1 · t after any other track. Tracks 0, 1 and 2 have
 * neighbours, and listener 1 has a list. Tracks 8 and 9 are by one artist; track 7 is unknown to the model.
 */
class EmbeddingRecommenderTest extends RecommenderContract {

    private static final double DISCOUNT = 0.5;

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // loaded before the first test
    private static Catalog catalog;

    @BeforeAll
    static void load() throws IOException {
        var lines = new StringBuilder();
        for (int track = 0; track < 10; track++) {
            String neighbours = switch (track) {
                case 0 -> "[3,4,7,8]";
                case 1 -> "[5,3]";
                case 2 -> "[6]";
                default -> "[]";
            };
            String artist = track >= 8 ? "duo" : "artist " + track;
            lines.append(
                    "{\"track\":%d,\"artist\":\"%s\",\"recommendations\":%s}%n".formatted(track, artist, neighbours));
        }
        Path tracks = Files.writeString(folder.resolve("tracks.json"), lines);
        Path lists = Files.writeString(folder.resolve("lists.json"), "{\"user\":1,\"tracks\":[9]}\n");
        catalog = Catalog.load(new CatalogFiles(tracks, null, null, null, lists));
    }

    private static EmbeddingScorer scorer(Context context) {
        float[] contexts = new float[10];
        float[] shares = new float[10];
        int[] counts = new int[10];
        for (int track = 0; track < 10; track++) {
            contexts[track] = track == 0 ? 1 : -1;
            shares[track] = track / 10f;
            counts[track] = track == 7 ? 0 : 1;
        }
        var model = new EmbeddingModel(
                ModelType.CONTEXTUAL, new FloatMatrix(10, 1, contexts), new FloatMatrix(10, 1, shares), null, null);
        return new EmbeddingScorer(new ServedModel(
                model, context, DISCOUNT, TrackRows.identity(10), new IntMatrix(10, 1, counts), List.of(), null, ""));
    }

    private static Recommender recommender(Context context, Exploration exploration) {
        return new EmbeddingRecommender(
                "new", scorer(context), catalog.neighbours(), catalog.listenerLists(), catalog.tracks(), exploration);
    }

    @Override
    Recommender recommender() {
        return recommender(Context.FIRST, new Exploration(0.2, 0.3));
    }

    @Override
    NextTrackRequest request() {
        return session(1, new Playback(0, 1));
    }

    private static NextTrackRequest session(long listener, Playback... playbacks) {
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 10, Duration.ofMinutes(30))).peek(listener);
        Playback last = null;
        for (Playback playback : playbacks) {
            history.next(playback, 0);
            last = playback;
        }
        return new NextTrackRequest(listener, last, history);
    }

    private static List<Integer> ranked(Context context, NextTrackRequest request) {
        var ranking = new Ranking(10);
        recommender(context, Exploration.NONE).rank(request, stream(1), ranking);
        return ranking.tracks();
    }

    @Test
    void ranksTheFirstTracksNeighboursAndTheListenersListByScore() {
        assertEquals(List.of(9, 8, 4, 3), ranked(Context.FIRST, session(1, new Playback(0, 1))));
        assertEquals(
                List.of(8, 4, 3), ranked(Context.FIRST, session(2, new Playback(0, 1))), "listener without a list");
    }

    @Test
    void theNeighboursOfLikedTracksAreCandidatesAndThoseOfSkippedOnesAreNot() {
        var liked = session(2, new Playback(0, 1), new Playback(1, 0.9), new Playback(2, 0.1));
        assertEquals(List.of(8, 5, 4, 3), ranked(Context.FIRST, liked));
        var skipped = session(2, new Playback(0, 1), new Playback(1, 0.1), new Playback(2, 0.9));
        assertEquals(List.of(8, 6, 4, 3), ranked(Context.FIRST, skipped));
    }

    /** The model predicts 0.8 and 0.9 for tracks 8 and 9; the discount of 0.5 applies after a track of their artist. */
    @Test
    void anArtistsEarlierTracksLowerTheScore() {
        var request = session(1, new Playback(0, 1), new Playback(8, 0));
        assertEquals(List.of(9, 4, 8, 3), ranked(Context.FIRST, request));
    }

    @Test
    void theContextTrackIsChosenAsInTraining() {
        var request = session(2, new Playback(0, 1), new Playback(1, 1));
        assertEquals(List.of(8, 5, 4, 3), ranked(Context.FIRST, request));
        assertEquals(List.of(3, 4, 5, 8), ranked(Context.PREVIOUS, request));
    }

    @Test
    void recommendsNothingBeforeTheFirstTrackOrWithoutCandidates() {
        Recommender greedy = recommender(Context.FIRST, Exploration.NONE);
        assertTrue(greedy.recommend(session(1), stream(1)).isNone());
        assertTrue(greedy.recommend(session(2, new Playback(5, 1)), stream(1)).isNone());
    }

    @Test
    void excludesTheTracksOfRulesAndIsNotSlow() {
        Recommender ruled = RuledRecommender.of(
                recommender(Context.FIRST, Exploration.NONE), List.of(new NoRepeat()), catalog.tracks());
        var request = session(1, new Playback(0, 1), new Playback(9, 1));
        assertEquals(4, ruled.recommend(request, stream(1)).track(), "8 is by the artist of 9");
        assertFalse(ruled.isSlow());
    }
}
