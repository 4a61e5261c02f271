package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five top tracks: 0, 1 and 2 by artist A, 3 and 4 without an artist. */
class DiverseRecommenderTest {

    private static final int[] TOP = {0, 1, 2, 3, 4};

    @TempDir
    static Path folder;

    private static Catalog catalog;

    @BeforeAll
    static void load() throws IOException {
        catalog = Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","title":"a","recommendations":[]}
                {"track":1,"artist":"A","title":"b","recommendations":[]}
                {"track":2,"artist":"A","title":"c","recommendations":[]}
                {"track":3,"artist":"","title":"d","recommendations":[]}
                {"track":4,"artist":"","title":"e","recommendations":[]}
                """)));
    }

    private static Mmr mmr(int pool, int plays) {
        return new Mmr(catalog.neighbours(), catalog.tracks(), 0.5, pool, plays);
    }

    private static Recommender topTracks(Mmr mmr) {
        return new DiverseRecommender(UniformRecommender.of("top-pop", TOP), mmr);
    }

    @Test
    void aUniformDrawStaysUniformAndTheRestOfTheListIsReranked() {
        Mmr mmr = mmr(9, 9);
        NextTrackRequest request = RecommenderContract.request(1, null);
        Set<Integer> drawn = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            var ranking = new Ranking(9);
            topTracks(mmr).rank(request, RecommenderContract.stream(seed), ranking);
            int first = ranking.tracks().get(0);
            List<Integer> expected = new ArrayList<>(List.of(first));
            Arrays.stream(mmr.order(TOP, request.history(), List.of(first), 4)).forEach(expected::add);
            assertEquals(expected, ranking.tracks());
            drawn.add(first);
        }
        assertEquals(Set.of(0, 1, 2, 3, 4), drawn);
        for (int track : TOP) {
            assertEquals(0.2, topTracks(mmr).probability(request, track));
        }
    }

    /** With the defaults, 50 tracks and 10 plays, the reranking takes about 5 µs. */
    @Test
    void aLargePoolAndManyPlaysAreSlow() {
        assertFalse(topTracks(mmr(50, 10)).isSlow());
        assertFalse(topTracks(mmr(100, 100)).isSlow());
        assertTrue(topTracks(mmr(200, 10)).isSlow());
        assertTrue(topTracks(mmr(50, 1000)).isSlow());
        assertTrue(topTracks(mmr(1000, 10_000)).isSlow());
    }
}
