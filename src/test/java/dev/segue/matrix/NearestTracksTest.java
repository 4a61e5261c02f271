package dev.segue.matrix;

import static dev.segue.catalog.Grids.grid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTracksTest {

    /** Several blocks of items and of queries, with few distinct coordinates, so that there are many ties. */
    private final FloatMatrix items = grid(2500, 5, 1);

    private final FloatMatrix queries = grid(130, 5, 2);

    @Test
    void findsTheSameTracksAsANaiveImplementation() {
        assertEquals(naive(queries, items, 20, false), rows(NearestTracks.nearest(queries, items, 20)));
    }

    @Test
    void findsAllOtherTracksAndNotTheTrackItself() {
        FloatMatrix few = grid(70, 3, 3);
        assertEquals(naive(few, few, 69, true), rows(NearestTracks.nearestOthers(few, few, 69)));
    }

    @Test
    void tiesAreInAscendingOrderOfIds() {
        FloatMatrix same = FloatMatrix.zeros(3000, 2);
        assertEquals("[[0, 1, 2, 3]]", rows(NearestTracks.nearest(FloatMatrix.zeros(1, 2), same, 4)));
    }

    @Test
    void theNumberOfThreadsDoesNotChangeTheResult() throws Exception {
        String oneThread = new ForkJoinPool(1)
                .submit(() -> rows(NearestTracks.nearest(items, items, 10)))
                .get();
        String eightThreads = new ForkJoinPool(8)
                .submit(() -> rows(NearestTracks.nearest(items, items, 10)))
                .get();
        assertEquals(oneThread, eightThreads);
    }

    @Test
    void rejectsInvalidArguments() {
        assertThrows(IllegalArgumentException.class, () -> NearestTracks.nearest(queries, items, 0));
        assertThrows(IllegalArgumentException.class, () -> NearestTracks.nearest(queries, items, 2501));
        assertThrows(IllegalArgumentException.class, () -> NearestTracks.nearestOthers(items, items, 2500));
        assertThrows(IllegalArgumentException.class, () -> NearestTracks.nearest(FloatMatrix.zeros(1, 4), items, 1));
    }

    private static String naive(FloatMatrix queries, FloatMatrix items, int k, boolean others) {
        int[][] nearest = new int[queries.rows()][];
        for (int query = 0; query < nearest.length; query++) {
            int q = query;
            nearest[query] = IntStream.range(0, items.rows())
                    .filter(item -> !others || item != q)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer item) -> -score(queries, q, items, item)))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return Arrays.deepToString(nearest);
    }

    private static float score(FloatMatrix queries, int query, FloatMatrix items, int item) {
        float score = 0;
        for (int d = 0; d < queries.columns(); d++) {
            score += queries.get(query, d) * items.get(item, d);
        }
        return score;
    }

    private static String rows(IntMatrix matrix) {
        int[][] copy = new int[matrix.rows()][];
        for (int row = 0; row < copy.length; row++) {
            copy[row] = matrix.row(row);
        }
        return Arrays.deepToString(copy);
    }
}
