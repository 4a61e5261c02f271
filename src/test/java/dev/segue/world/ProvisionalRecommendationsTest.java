package dev.segue.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvisionalRecommendationsTest {

    private static final World WORLD = WorldRecipe.of(1_000, 100, 5).generate();
    private static final ProvisionalRecommendations PROVISIONAL = new ProvisionalRecommendations(WORLD, 50);

    @Test
    void everyTrackHasFiftyDistinctNeighboursButNotItself() {
        for (IntMatrix neighbours : List.of(PROVISIONAL.control(), PROVISIONAL.treatment())) {
            for (int track = 0; track < 1_000; track++) {
                Set<Integer> row = row(neighbours, track);
                assertEquals(50, row.size());
                assertTrue(!row.contains(track), "track " + track + " is its own neighbour");
            }
        }
    }

    @Test
    void listenersGetFiftyDistinctTracks() {
        IntMatrix lists = PROVISIONAL.forListeners();
        for (int user = 0; user < 100; user++) {
            assertEquals(50, row(lists, user).size());
        }
    }

    @Test
    void treatmentHasMoreTrueNeighboursThanControlButNotAll() {
        IntMatrix truth = NearestTracks.nearestOthers(WORLD.embeddings(), WORLD.embeddings(), 50);
        double control = overlap(truth, PROVISIONAL.control());
        double treatment = overlap(truth, PROVISIONAL.treatment());
        assertTrue(control < treatment && treatment < 0.9, "overlap: " + control + ", " + treatment);
    }

    @Test
    void listsLongerThanTheCatalogAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ProvisionalRecommendations(WORLD, 1_000));
        assertThrows(IllegalArgumentException.class, () -> new ProvisionalRecommendations(WORLD, 0));
    }

    private static double overlap(IntMatrix truth, IntMatrix neighbours) {
        int common = 0;
        for (int track = 0; track < 1_000; track++) {
            Set<Integer> both = row(truth, track);
            both.retainAll(row(neighbours, track));
            common += both.size();
        }
        return common / 50_000.0;
    }

    private static Set<Integer> row(IntMatrix matrix, int row) {
        return IntStream.of(matrix.row(row)).boxed().collect(Collectors.toCollection(HashSet::new));
    }
}
