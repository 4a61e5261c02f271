package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.play.Recommendation;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestRecommenderTest extends RecommenderContract {

    private static final Recommender TOP = UniformRecommender.of("top", new int[] {7, 3, 9, 4});

    @Override
    Recommender recommender() {
        return new BestRecommender(TOP, 2);
    }

    @Override
    NextTrackRequest request() {
        return after(0);
    }

    @Test
    void onlyTheBestTracksHaveEqualProbabilities() {
        TrackDistribution distribution = new BestRecommender(TOP, 2).distribution(after(0));
        assertEquals(0.5, distribution.probability(7));
        assertEquals(0.5, distribution.probability(3));
        assertEquals(0, distribution.probability(9));
        assertEquals(5, distribution.mean(track -> track));
    }

    @Test
    void drawsFromAllTracksIfThereAreFewer() {
        Recommendation drawn = new BestRecommender(TOP, 50).recommend(after(0), stream(1));
        assertEquals(4, drawn.candidates());
        assertEquals(0.25, drawn.propensity());
    }

    @Test
    void aDistributionCanBeReducedToFewerTracks() {
        var best = assertInstanceOf(BestRecommender.Best.class, new BestRecommender(TOP, 3).distribution(after(0)));
        assertEquals(
                new BestRecommender(TOP, 2).distribution(after(0)).probability(3),
                best.first(2).probability(3));
        assertEquals(0, best.first(2).probability(9));
        assertSame(best, best.first(3));
    }

    @Test
    void theRestOfTheRankingKeepsTheOrderOfTheRecommender() {
        var ranking = new Ranking(4);
        new BestRecommender(TOP, 1).rank(after(0), stream(1), ranking);
        assertEquals(List.of(7, 3, 9, 4), ranking.tracks());
    }

    @Test
    void withoutAnOrderTheFallbackRecommends() {
        var withoutTracks = new BestRecommender(UniformRecommender.of("none", new int[0]), 5);
        assertTrue(withoutTracks.distribution(after(0)).isNone());
        Recommendation drawn = withoutTracks.orElse(TOP).recommend(after(0), stream(1));
        assertEquals("top", drawn.recommender());
        assertEquals(1, drawn.fallback());
    }

    @Test
    void aCountBelowOneIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> new BestRecommender(TOP, 0));
    }
}
