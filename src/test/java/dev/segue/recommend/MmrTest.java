package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seven tracks: 0, 1 and 2 by artist A, the others without an artist; 3 has the neighbours 4 and 5, 6 has the neighbours 1 and 4. */
class MmrTest {

    @TempDir
    static Path folder;

    private static Catalog catalog;

    @BeforeAll
    static void load() throws IOException {
        catalog = Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","title":"a","recommendations":[]}
                {"track":1,"artist":"A","title":"b","recommendations":[]}
                {"track":2,"artist":"A","title":"c","recommendations":[]}
                {"track":3,"artist":"","title":"d","recommendations":[4,5]}
                {"track":4,"artist":"","title":"e","recommendations":[]}
                {"track":5,"artist":"","title":"f","recommendations":[]}
                {"track":6,"artist":"","title":"g","recommendations":[1,4]}
                """)));
    }

    private static Mmr mmr(double lambda, int pool) {
        return new Mmr(catalog.neighbours(), catalog.tracks(), lambda, pool, 2);
    }

    /** A request after these tracks of a new session. */
    private static NextTrackRequest after(int... tracks) {
        NextTrackRequest request = RecommenderContract.request(1, null);
        for (int track : tracks) {
            request.history().next(new Playback(track, 1), 0);
        }
        return request;
    }

    private static int[] order(Mmr mmr, NextTrackRequest request, List<Integer> before, int... ranked) {
        return mmr.order(ranked, request.history(), before, 100);
    }

    @Test
    void tracksOfTheSameArtistMoveBack() {
        assertArrayEquals(new int[] {0, 3, 6, 1, 2}, order(mmr(0.5, 9), after(), List.of(), 0, 1, 2, 3, 6));
    }

    @Test
    void marginalRelevanceFollowsItsDefinition() {
        // 4 is the first of the two neighbours of 3: 3/4 λ - (1 - λ) exceeds 1/2 λ of track 0 if λ > 0.8
        assertArrayEquals(new int[] {3, 4, 0, 5}, order(mmr(0.81, 9), after(), List.of(), 3, 4, 0, 5));
        assertArrayEquals(new int[] {3, 0, 4, 5}, order(mmr(0.79, 9), after(), List.of(), 3, 4, 0, 5));
        // 5 is the second: 2/3 λ - 1/2 (1 - λ) exceeds 1/3 λ of track 0 if λ > 0.6
        assertArrayEquals(new int[] {3, 5, 0}, order(mmr(0.61, 9), after(), List.of(), 3, 5, 0));
        assertArrayEquals(new int[] {3, 0, 5}, order(mmr(0.59, 9), after(), List.of(), 3, 5, 0));
    }

    @Test
    void lambdaOneKeepsTheOrderAndLambdaZeroUsesSimilarityOnly() {
        assertArrayEquals(new int[] {0, 1, 2, 3}, order(mmr(1, 9), after(0, 1), List.of(), 0, 1, 2, 3));
        assertArrayEquals(new int[] {5, 3, 4}, order(mmr(0, 9), after(3), List.of(), 3, 4, 5));
    }

    @Test
    void tracksAreComparedWithTheLastPlays() {
        assertArrayEquals(new int[] {3, 1}, order(mmr(0.5, 9), after(0), List.of(), 1, 3));
        assertArrayEquals(new int[] {3, 1}, order(mmr(0.5, 9), after(0, 6), List.of(), 1, 3));
        assertArrayEquals(new int[] {1, 3}, order(mmr(0.5, 9), after(0, 5, 5), List.of(), 1, 3), "three plays ago");
        assertArrayEquals(new int[] {3, 4}, order(mmr(0.3, 9), after(6), List.of(), 4, 3), "a neighbour of 6");
    }

    @Test
    void tracksAreComparedWithTheListAndNotRepeated() {
        assertArrayEquals(new int[] {3, 1}, order(mmr(0.5, 9), after(), List.of(0), 0, 1, 3));
        assertArrayEquals(new int[] {3}, mmr(0.5, 9).order(new int[] {1, 3}, after().history(), List.of(0), 1));
    }

    @Test
    void settingsOutOfRangeAreRejected() {
        for (double lambda : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> mmr(lambda, 9));
        }
        assertThrows(IllegalArgumentException.class, () -> mmr(0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new Mmr(catalog.neighbours(), catalog.tracks(), 0.5, 9, 0));
    }

    /** Recommends the first of its tracks with probability 1 − ε, and a uniformly drawn one with probability ε. */
    private record BestFirst(double exploration, List<Integer> tracks) implements Recommender {

        @Override
        public String name() {
            return "best-first";
        }

        private List<Integer> allowed(NextTrackRequest request) {
            Exclusions exclusions = request.exclusions();
            return tracks.stream()
                    .filter(track -> exclusions == null || !exclusions.contains(track))
                    .toList();
        }

        @Override
        public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
            List<Integer> allowed = allowed(request);
            if (allowed.isEmpty()) {
                return Recommendation.NONE;
            }
            int place = random.nextDouble() < exploration ? random.nextInt(allowed.size()) : 0;
            int track = allowed.get(place);
            return Recommendation.of(track, distribution(request).probability(track), allowed.size(), name());
        }

        @Override
        public String reason(NextTrackRequest request, Recommendation chosen) {
            return "It is in the list.";
        }

        @Override
        public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
            ranking.add(recommend(request, random).track());
            order(request, ranking);
        }

        @Override
        public void order(NextTrackRequest request, Ranking ranking) {
            allowed(request).forEach(ranking::add);
        }

        @Override
        public TrackDistribution distribution(NextTrackRequest request) {
            List<Integer> allowed = allowed(request);
            Map<Integer, Double> probabilities = new HashMap<>();
            for (int track : allowed) {
                probabilities.put(
                        track, exploration / allowed.size() + (track == allowed.get(0) ? 1 - exploration : 0));
            }
            return allowed.isEmpty()
                    ? TrackDistribution.NONE
                    : new TrackDistribution() {
                        @Override
                        public double probability(int track) {
                            return probabilities.getOrDefault(track, 0.0);
                        }

                        @Override
                        public double mean(IntToDoubleFunction value) {
                            return allowed.stream()
                                    .mapToDouble(track -> probability(track) * value.applyAsDouble(track))
                                    .sum();
                        }
                    };
        }
    }

    private static Recommender diverse(double exploration, int pool, Integer... tracks) {
        return new DiverseRecommender(new BestFirst(exploration, List.of(tracks)), mmr(0.5, pool));
    }

    private static List<Integer> ranked(Recommender recommender, NextTrackRequest request, int count) {
        var ranking = new Ranking(count);
        recommender.rank(request, RecommenderContract.stream(1), ranking);
        return ranking.tracks();
    }

    @Test
    void theListOfAGreedyRecommenderStartsWithItsRecommendation() {
        Recommender greedy = diverse(0, 9, 0, 1, 2, 3, 6);
        NextTrackRequest request = after(0);
        assertEquals(List.of(3, 6, 0, 1, 2), ranked(greedy, request, 9));
        Recommendation recommendation = greedy.recommend(request, RecommenderContract.stream(1));
        assertEquals(Recommendation.of(3, 1, 5, "best-first"), recommendation);
        for (int count = 1; count < 5; count++) {
            assertEquals(List.of(3, 6, 0, 1, 2).subList(0, count), ranked(greedy, request, count));
        }
        var ordered = new Ranking(9);
        greedy.order(request, ordered);
        assertEquals(List.of(3, 6, 0, 1, 2), ordered.tracks());
    }

    @Test
    void tracksBehindThePoolKeepTheirOrder() {
        assertEquals(List.of(0, 3, 1, 2, 6), ranked(diverse(0, 3, 0, 1, 3, 2, 6), after(), 9));
        assertEquals(List.of(0, 3, 1, 2), ranked(diverse(0, 3, 0, 1, 3, 2, 6), after(), 4));
    }

    @Test
    void theExplanationNamesTheTracksThatAreMovedBehindTheFirst() {
        assertEquals(
                List.of(new RuleEffect("mmr", List.of(0, 1, 2), List.of())),
                diverse(0, 9, 2, 0, 1, 3, 6).effects(after(0)));
        assertEquals(List.of(), diverse(0, 9, 3, 0, 1).effects(after(0)));
        Recommender ruled = RuledRecommender.of(
                new BestFirst(0, List.of()).orElse(diverse(0, 9, 0, 1, 3)), List.of(new NoRepeat()), catalog.tracks());
        assertEquals(
                List.of(
                        new RuleEffect("no-repeat", List.of(0), List.of()),
                        new RuleEffect("mmr", List.of(1), List.of())),
                ruled.effects(after(0)));
    }

    @Test
    void aRecommenderWithoutAnOrderIsUnchanged() {
        Recommender random = UniformRecommender.ofAll("random", catalog.tracks());
        Recommender diverse = new DiverseRecommender(random, mmr(0, 9));
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(
                    random.recommend(after(), RecommenderContract.stream(seed)),
                    diverse.recommend(after(), RecommenderContract.stream(seed)));
        }
        assertEquals(7, ranked(diverse, after(), 7).size());
        assertEquals(List.of(), diverse.effects(after()));
        assertTrue(
                diverse(0, 9).recommend(after(), RecommenderContract.stream(1)).isNone());
        assertTrue(diverse(0, 9).distribution(after()).isNone());
    }

    @Nested
    class Exploring extends RecommenderContract {
        @Override
        Recommender recommender() {
            return diverse(0.3, 4, 0, 1, 2, 3, 6);
        }

        @Override
        NextTrackRequest request() {
            return MmrTest.after(0);
        }

        @Test
        void theFirstTrackOfTheNewOrderHasTheLargestProbability() {
            assertEquals(0.7 + 0.3 / 5, recommender().probability(request(), 3), 1e-12);
            List<Double> others = new ArrayList<>();
            for (int track : new int[] {0, 1, 2, 6}) {
                others.add(recommender().probability(request(), track));
            }
            others.forEach(probability -> assertEquals(0.06, probability, 1e-12));
        }
    }

    @Nested
    class NeighboursUnderRules extends RecommenderContract {
        @Override
        Recommender recommender() {
            List<Integer> tracks = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
            Collections.reverse(tracks);
            return RuledRecommender.of(
                    new DiverseRecommender(
                            UniformRecommender.of(
                                    "top-pop",
                                    tracks.stream().mapToInt(Integer::intValue).toArray()),
                            mmr(0.5, 3)),
                    List.of(new NoRepeat()),
                    catalog.tracks());
        }

        @Override
        NextTrackRequest request() {
            return MmrTest.after(3, 6);
        }
    }
}
