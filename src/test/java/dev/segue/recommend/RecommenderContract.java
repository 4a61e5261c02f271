package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the contract of {@link Recommender}; the test class of each recommender extends this class. */
abstract class RecommenderContract {

    private static final int DRAWS = 20_000;

    /** More than the number of tracks in each test's catalog. */
    private static final int TRACKS = 1000;

    /** The recommender under test. */
    abstract Recommender recommender();

    /** A request for which it recommends a track. */
    abstract NextTrackRequest request();

    @Test
    final void sameStreamGivesTheSameRecommendation() {
        for (int seed = 0; seed < 100; seed++) {
            assertEquals(
                    recommender().recommend(request(), stream(seed)),
                    recommender().recommend(request(), stream(seed)));
        }
    }

    @Test
    final void propensityIsTheFrequencyOfATrack() {
        Map<Integer, Integer> counts = new HashMap<>();
        Map<Integer, Double> propensities = new HashMap<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            Recommendation chosen = recommender().recommend(request(), stream(seed));
            counts.merge(chosen.track(), 1, Integer::sum);
            propensities.put(chosen.track(), chosen.propensity());
        }
        propensities.forEach((track, propensity) -> {
            double deviation = 6 * Math.sqrt(DRAWS * propensity * (1 - propensity)) + 1e-9;
            assertEquals(DRAWS * propensity, counts.getOrDefault(track, 0), deviation, "track " + track);
        });
        assertEquals(
                1,
                propensities.values().stream().mapToDouble(Double::doubleValue).sum(),
                1e-9,
                "all tracks were drawn");
    }

    @Test
    final void probabilityOfADrawnTrackIsItsPropensity() {
        for (int seed = 0; seed < 200; seed++) {
            Recommendation chosen = recommender().recommend(request(), stream(seed));
            assertEquals(chosen.propensity(), recommender().probability(request(), chosen.track()), 1e-12);
        }
    }

    @Test
    final void probabilitiesOfAllTracksAddUpToOne() {
        NextTrackRequest request = request();
        TrackDistribution distribution = recommender().distribution(request);
        double sum = 0;
        double mean = 0;
        for (int track = 0; track < TRACKS; track++) {
            double probability = recommender().probability(request, track);
            sum += probability;
            mean += probability * track;
            assertEquals(probability, distribution.probability(track), 1e-12);
        }
        assertEquals(1, sum, 1e-9);
        assertEquals(1, distribution.mean(track -> 1), 1e-9);
        assertEquals(mean, distribution.mean(track -> track), 1e-9);
    }

    @Test
    final void rankingStartsWithTheRecommendationAndHasDistinctTracks() {
        for (int seed = 0; seed < 200; seed++) {
            Recommendation chosen = recommender().recommend(request(), stream(seed));
            var ranking = new Ranking(5);
            recommender().rank(request(), stream(seed), ranking);
            assertEquals(chosen.track(), ranking.tracks().get(0));
            Set<Integer> distinct = new HashSet<>();
            distinct.addAll(ranking.tracks());
            assertEquals(ranking.tracks().size(), distinct.size());
            assertTrue(ranking.tracks().size() >= Math.min(5, chosen.candidates()));
        }
    }

    @Test
    final void recommendationNamesItsRecommender() {
        assertEquals(
                recommender().name(),
                recommender().recommend(request(), stream(1)).recommender());
    }

    @Test
    final void everyRecommendationHasAReason() {
        for (int seed = 0; seed < 50; seed++) {
            Recommendation chosen = recommender().recommend(request(), stream(seed));
            String reason = recommender().reason(request(), chosen);
            assertTrue(reason.matches("\\p{Upper}.+\\."), reason);
        }
    }

    static KeyedRandom stream(int seed) {
        return new KeyedRandom(seed, 1, 1, 1);
    }

    /** A request of listener 1 after one full playback. */
    static NextTrackRequest after(int track) {
        return request(1, new Playback(track, 1));
    }

    static NextTrackRequest request(long listener, @Nullable Playback last) {
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 10, Duration.ofMinutes(30))).peek(listener);
        history.next(last, 0);
        return new NextTrackRequest(listener, last, history);
    }
}
