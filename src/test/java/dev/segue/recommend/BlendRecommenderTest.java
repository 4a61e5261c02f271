package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendRecommenderTest extends RecommenderContract {

    private static final Recommender FIRST = UniformRecommender.of("first", new int[] {1, 2, 3, 4});
    private static final Recommender SECOND = UniformRecommender.of("second", new int[] {5, 3, 2});

    @Override
    Recommender recommender() {
        return new BlendRecommender("blend", sources(FIRST, SECOND), Exploration.ofEpsilon(0.3));
    }

    @Override
    NextTrackRequest request() {
        return after(0);
    }

    private static List<BlendRecommender.Source> sources(Recommender... recommenders) {
        return Arrays.stream(recommenders)
                .map(recommender -> new BlendRecommender.Source(recommender, 1))
                .toList();
    }

    /** Scores with weights 1 and 2: 1/63 + 2/62 for track 3, 1/62 + 2/63 for 2, 2/61 for 5, 1/61 for 1, 1/64 for 4. */
    @Test
    void aSourceContributesByItsWeight() {
        var ranking = new Ranking(10);
        new BlendRecommender(
                        "blend",
                        List.of(new BlendRecommender.Source(FIRST, 1), new BlendRecommender.Source(SECOND, 2)),
                        Exploration.NONE)
                .rank(after(0), stream(1), ranking);
        assertEquals(List.of(3, 2, 5, 1, 4), ranking.tracks());
        assertThrows(IllegalArgumentException.class, () -> new BlendRecommender.Source(FIRST, 0));
    }

    private static List<Integer> ranked(NextTrackRequest request, Recommender... sources) {
        var ranking = new Ranking(10);
        new BlendRecommender("blend", sources(sources), Exploration.NONE).rank(request, stream(1), ranking);
        return ranking.tracks();
    }

    /** Scores: 1/62 + 1/63 for tracks 2 and 3, 1/61 for 1 and 5, 1/64 for 4; ties keep the order of the sources. */
    @Test
    void tracksOfSeveralSourcesRankHigher() {
        assertEquals(List.of(2, 3, 1, 5, 4), ranked(after(0), FIRST, SECOND));
        assertEquals(List.of(3, 2, 5, 1, 4), ranked(after(0), SECOND, FIRST));
    }

    @Test
    void withoutExplorationTheBestTrackHasPropensityOne() {
        var blend = new BlendRecommender("blend", sources(FIRST, SECOND), Exploration.NONE);
        assertEquals(Recommendation.of(2, 1, 5, "blend"), blend.recommend(after(0), stream(7)));
    }

    @Test
    void rulesAreApplied(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tracks.json"), "{\"track\":2}\n{\"track\":3}\n{\"track\":5}\n");
        Catalog catalog = Catalog.load(CatalogFiles.of(file));
        Recommender ruled = RuledRecommender.of(
                new BlendRecommender("blend", sources(FIRST, SECOND), Exploration.NONE),
                List.of(new NoRepeat()),
                catalog.tracks());
        assertEquals(3, ruled.recommend(after(2), stream(1)).track());
    }

    @Test
    void withoutTracksOfTheSourcesNothingIsRecommended() {
        Recommender none = UniformRecommender.of("none", new int[0]);
        assertTrue(new BlendRecommender("blend", sources(none), Exploration.NONE)
                .recommend(after(0), stream(1))
                .isNone());
        assertEquals(List.of(), ranked(after(0), none));
    }

    @Test
    void anInvalidExplorationProbabilityIsRejected() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new BlendRecommender("blend", sources(FIRST), Exploration.ofEpsilon(2)));
    }
}
