package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniformRecommenderTest {

    @TempDir
    static Path folder;

    private static Catalog catalog;

    @BeforeAll
    static void load() throws IOException {
        Path tracks = Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","title":"a","recommendations":[1,2,3]}
                {"track":1,"artist":"B","title":"b","recommendations":[]}
                {"track":2,"artist":"A","title":"c","recommendations":[0]}
                {"track":3,"artist":"C","title":"d","recommendations":[2,1]}
                """);
        Path lists = Files.writeString(folder.resolve("lists.json"), "{\"user\":1,\"tracks\":[3,1]}\n");
        catalog = Catalog.load(new CatalogFiles(tracks, null, null, null, lists));
    }

    @Nested
    class Contextual extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofNeighbours("contextual", catalog.neighbours());
        }

        @Override
        NextTrackRequest request() {
            return after(0);
        }

        @Test
        void recommendsNothingWithoutPreviousTrackOrNeighbours() {
            for (NextTrackRequest request : List.of(request(1, null), after(1), after(99))) {
                assertSame(Recommendation.NONE, recommender().recommend(request, stream(1)));
                var ranking = new Ranking(3);
                recommender().rank(request, stream(1), ranking);
                assertEquals(List.of(), ranking.tracks());
            }
        }
    }

    @Nested
    class OfTheFirstTrack extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofFirstTracksNeighbours("contextual", catalog.neighbours());
        }

        @Override
        NextTrackRequest request() {
            return after(0);
        }

        @Test
        void drawsFromTheSameNeighboursThroughoutTheSession() {
            Set<Integer> neighbours = drawn(recommender(), request());
            var history = new ListeningMemory<Void>(new HistoryLimits(1, 10, Duration.ofMinutes(30))).peek(1);
            history.next(new Playback(0, 1), 0);
            history.next(new Playback(1, 1), 0);
            var later = new NextTrackRequest(1, new Playback(1, 1), history);
            assertEquals(neighbours, drawn(recommender(), later));
            assertTrue(recommender().recommend(request(1, null), stream(1)).isNone());
        }
    }

    @Nested
    class Indexed extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofListenerLists("indexed", catalog.listenerLists());
        }

        @Override
        NextTrackRequest request() {
            return request(1, null);
        }

        @Test
        void drawsFromTheListenersOwnList() {
            assertEquals(Set.of(1, 3), drawn(recommender(), request()));
            assertTrue(recommender().recommend(request(2, null), stream(1)).isNone());
        }
    }

    @Nested
    class TopPop extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.of("top-pop", new int[] {7, 8, 9});
        }

        @Override
        NextTrackRequest request() {
            return request(1, null);
        }

        @Test
        void recommendsNothingWithoutTopTracks() {
            assertTrue(UniformRecommender.of("top-pop", new int[0])
                    .recommend(request(), stream(1))
                    .isNone());
        }
    }

    @Nested
    class StickyArtist extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofArtist("sticky-artist", catalog.tracks());
        }

        @Override
        NextTrackRequest request() {
            return after(2);
        }

        @Test
        void drawsFromTheTracksOfThePreviousTracksArtist() {
            assertEquals(Set.of(0, 2), drawn(recommender(), request()));
            assertTrue(recommender().recommend(after(99), stream(1)).isNone());
            assertTrue(recommender().recommend(request(1, null), stream(1)).isNone());
        }
    }

    @Nested
    class Chain extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofNeighbours("contextual", catalog.neighbours())
                    .orElse(UniformRecommender.ofListenerLists("indexed", catalog.listenerLists())
                            .orElse(UniformRecommender.of("random", new int[] {0, 1, 2, 3})));
        }

        @Override
        NextTrackRequest request() {
            return after(3);
        }

        @Test
        void reportsTheRecommenderAndItsPositionInTheChain() {
            assertEquals(0, recommender().recommend(after(0), stream(1)).fallback());
            Recommendation second = recommender().recommend(request(1, null), stream(1));
            assertEquals("indexed", second.recommender());
            assertEquals(1, second.fallback());
            Recommendation third = recommender().recommend(request(2, null), stream(1));
            assertEquals("random", third.recommender());
            assertEquals(2, third.fallback());
            assertEquals(0.25, third.propensity());
        }

        @Test
        void rankingContinuesWithTheFallbacks() {
            var ranking = new Ranking(4);
            recommender().rank(after(2), stream(1), ranking);
            assertEquals(0, ranking.tracks().get(0));
            assertEquals(Set.of(1, 3), Set.copyOf(ranking.tracks().subList(1, 3)));
            assertEquals(2, ranking.tracks().get(3));
        }
    }

    @Test
    void longListsHaveNoRepeats() {
        int[] many = new int[10_000];
        Arrays.setAll(many, i -> i);
        var ranking = new Ranking(1000);
        UniformRecommender.of("random", many)
                .rank(RecommenderContract.after(0), RecommenderContract.stream(3), ranking);
        assertEquals(1000, new TreeSet<>(ranking.tracks()).size());
    }

    private static Set<Integer> drawn(Recommender recommender, NextTrackRequest request) {
        Set<Integer> drawn = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            drawn.add(recommender
                    .recommend(request, RecommenderContract.stream(seed))
                    .track());
        }
        return drawn;
    }

    /** The drawn track, then the others in the order of the list. */
    @Test
    void aRankingContinuesInTheOrderOfTheList() {
        var top = UniformRecommender.of("top", new int[] {9, 7, 5, 3, 1});
        for (int seed = 0; seed < 50; seed++) {
            var ranking = new Ranking(4);
            top.rank(RecommenderContract.after(0), RecommenderContract.stream(seed), ranking);
            List<Integer> expected = new ArrayList<>(List.of(9, 7, 5, 3, 1));
            Integer drawn = ranking.tracks().get(0);
            expected.remove(drawn);
            expected.add(0, drawn);
            assertEquals(expected.subList(0, 4), ranking.tracks());
        }
    }
}
