package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.knn.IndexLimits;
import dev.segue.knn.KnnSettings;
import dev.segue.knn.SessionIndex;
import dev.segue.knn.SessionKnn;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKnnRecommenderTest {

    private static final int TRACKS = 120;

    @TempDir
    static Path folder;

    private static Tracks tracks;
    private static SessionKnn knn;

    /** Each session has tracks with ids near each other. Track 500 is in the sessions and not in the catalog. */
    @BeforeAll
    static void buildIndex() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tracks.json"),
                IntStream.range(0, TRACKS)
                        .mapToObj(
                                track -> "{\"track\":" + track + ",\"artist\":\"A" + track % 10 + "\",\"title\":\"t\"}")
                        .collect(Collectors.joining("\n")));
        tracks = Catalog.load(new CatalogFiles(file, null, null, null, null)).tracks();
        var index = new SessionIndex(IndexLimits.DEFAULT);
        var random = new KeyedRandom(1, 1, 1, 1);
        for (int session = 0; session < 2000; session++) {
            int middle = random.nextInt(TRACKS);
            long[] items = random.ints(8, middle, middle + 20)
                    .mapToLong(track -> track % TRACKS)
                    .toArray();
            items[session % 7] = 500;
            index.add(items, session);
        }
        knn = new SessionKnn(index, KnnSettings.LISTENS);
    }

    @Nested
    class Greedy extends RecommenderContract {
        @Override
        Recommender recommender() {
            return new SessionKnnRecommender("session-knn", knn, tracks, Exploration.NONE);
        }

        @Override
        NextTrackRequest request() {
            return after(7);
        }

        @Test
        void hasPropensityOne() {
            assertEquals(1, recommender().recommend(request(), stream(1)).propensity());
        }
    }

    @Nested
    class Exploring extends RecommenderContract {
        @Override
        Recommender recommender() {
            return new SessionKnnRecommender("session-knn", knn, tracks, Exploration.ofEpsilon(0.3));
        }

        @Override
        NextTrackRequest request() {
            return after(7);
        }

        @Test
        void exploresOnlyTheBestTracks() {
            var best = new Ranking(Exploration.CHOICES);
            greedy().rank(request(), stream(1), best);
            Set<Integer> drawn = new TreeSet<>();
            for (int seed = 0; seed < 5000; seed++) {
                drawn.add(recommender().recommend(request(), stream(seed)).track());
            }
            assertEquals(new TreeSet<>(best.tracks()), drawn);
        }

        @Test
        void theRestOfTheRankingIsByScore() {
            var byScore = new Ranking(TRACKS);
            greedy().rank(request(), stream(1), byScore);
            for (int seed = 0; seed < 20; seed++) {
                var ranking = new Ranking(TRACKS);
                recommender().rank(request(), stream(seed), ranking);
                List<Integer> expected = new ArrayList<>(byScore.tracks());
                expected.remove(ranking.tracks().get(0));
                assertEquals(
                        expected, ranking.tracks().subList(1, ranking.tracks().size()));
            }
        }
    }

    @Nested
    class DrawingByScore extends RecommenderContract {
        @Override
        Recommender recommender() {
            return new SessionKnnRecommender("session-knn", knn, tracks, new Exploration(0.2, 0.5));
        }

        @Override
        NextTrackRequest request() {
            return after(7);
        }
    }

    private static Recommender greedy() {
        return new SessionKnnRecommender("session-knn", knn, tracks, Exploration.NONE);
    }

    @Test
    void recommendsNothingWithoutASimilarSession() {
        NextTrackRequest empty = RecommenderContract.request(1, null);
        assertSame(Recommendation.NONE, greedy().recommend(empty, RecommenderContract.stream(1)));
        assertTrue(greedy().recommend(RecommenderContract.after(9999), RecommenderContract.stream(1))
                .isNone());
        var ranking = new Ranking(3);
        greedy().rank(empty, RecommenderContract.stream(1), ranking);
        assertEquals(List.of(), ranking.tracks());
    }

    @Test
    void neverRecommendsATrackThatIsNotInTheCatalog() {
        var ranking = new Ranking(1000);
        greedy().rank(RecommenderContract.after(7), RecommenderContract.stream(1), ranking);
        assertTrue(ranking.tracks().size() > 30);
        assertTrue(
                ranking.tracks().stream().allMatch(tracks::contains),
                ranking.tracks().toString());
    }

    @Test
    void doesNotRecommendExcludedTracks() {
        NextTrackRequest request = RecommenderContract.after(7);
        Recommendation first = greedy().recommend(request, RecommenderContract.stream(1));
        var exclusions = new Exclusions(tracks);
        exclusions.addTrack(first.track());
        exclusions.addArtistOf(8);
        NextTrackRequest excluding = request.withRules(request.anchor(), exclusions);
        var ranking = new Ranking(1000);
        greedy().rank(excluding, RecommenderContract.stream(1), ranking);
        assertTrue(ranking.tracks().size() > 30);
        assertTrue(ranking.tracks().stream().noneMatch(exclusions::contains));
    }

    @Test
    void sessionsOfFiftyTracksHaveNoRepeatsUnderNoRepeat() {
        Recommender ruled = RuledRecommender.of(greedy(), List.of(new NoRepeat()), tracks);
        for (int first = 0; first < 20; first++) {
            ListeningHistory history = history();
            Set<Integer> played = new HashSet<>();
            var last = new Playback(first, 1);
            for (int play = 0; play < 50; play++) {
                assertTrue(played.add(last.track()), "track " + last.track() + " is repeated");
                history.next(last, play);
                last = new Playback(
                        ruled.recommend(new NextTrackRequest(1, last, history), RecommenderContract.stream(play))
                                .track(),
                        play % 3 == 0 ? 0.6 : 1);
            }
        }
    }

    @Test
    void tracksSimilarToSkippedOnesAreNotRecommended() {
        ListeningHistory liked = history();
        liked.next(new Playback(10, 1), 0);
        liked.next(new Playback(70, 1), 1);
        ListeningHistory skipped = history();
        skipped.next(new Playback(10, 1), 0);
        skipped.next(new Playback(70, 0), 1);
        assertTrue(near70(liked, new Playback(70, 1)) > 0, "similar tracks follow a liked track");
        assertEquals(0, near70(skipped, new Playback(70, 0)), "similar tracks do not follow a skipped track");
    }

    /** The number of the 20 best tracks that occur only in sessions with track 70. */
    private static long near70(ListeningHistory history, Playback last) {
        var ranking = new Ranking(20);
        greedy().rank(new NextTrackRequest(1, last, history), RecommenderContract.stream(1), ranking);
        return ranking.tracks().stream()
                .filter(track -> Math.abs(track - 70) < 20)
                .count();
    }

    @Test
    void anInvalidExplorationProbabilityIsRejected() {
        for (double exploration : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new SessionKnnRecommender("session-knn", knn, tracks, Exploration.ofEpsilon(exploration)));
        }
    }

    private static ListeningHistory history() {
        return new ListeningMemory<Void>(new HistoryLimits(1, 100, Duration.ofMinutes(30))).peek(1);
    }
}
