package dev.segue.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Fills the lists of six tracks, of which the last two are cold. */
class ColdTracksTest {

    private static final IntPredicate COLD = row -> row >= 4;

    private static final IntMatrix TRAINED = new IntMatrix(6, 4, new int[] {
        1, 2, 3, -1,
        0, 2, 3, -1,
        -1, -1, -1, -1,
        0, 1, 2, -1,
        -1, -1, -1, -1,
        -1, -1, -1, -1
    });

    private static final FloatMatrix SCORES = new FloatMatrix(6, 4, new float[] {
        0.5f, 0.4f, 0.3f, 0, 0.5f, 0.4f, 0.3f, 0, 0, 0, 0, 0, 0.5f, 0.4f, 0.3f, 0, 0, 0, 0, 0, 0, 0, 0, 0
    });

    /** Track 4 resembles 0, 1 and 2; track 5 resembles 0 and 4. */
    private static final ContentSearch.Result CONTENT = new ContentSearch.Result(
            new IntMatrix(6, 3, new int[] {
                4, 5, -1,
                4, -1, -1,
                4, -1, -1,
                -1, -1, -1,
                0, 1, 2,
                0, 4, -1
            }),
            new FloatMatrix(
                    6, 3, new float[] {0.9f, 0.8f, 0, 0.6f, 0, 0, 0.2f, 0, 0, 0, 0, 0, 0.9f, 0.6f, 0.2f, 0.8f, 0.7f, 0
                    }),
            0);

    private static ColdTracks.Filled fill(double share, IntPredicate isCold) {
        return ColdTracks.fill(TRAINED, SCORES, CONTENT, isCold, settings(share));
    }

    private static ColdTracks.Settings settings(double share) {
        return new ColdTracks.Settings(1, share, Optional.empty(), ContentWeights.DEFAULT);
    }

    private static float[] scores(ColdTracks.Filled filled, int row) {
        FloatMatrix scores = filled.scores();
        float[] values = new float[4];
        for (int i = 0; i < 4 && scores != null; i++) {
            values[i] = scores.get(row, i);
        }
        return values;
    }

    @Test
    void coldTracksGetTheirNeighboursByContent() {
        ColdTracks.Filled filled = fill(0, COLD);
        assertArrayEquals(new int[] {0, 1, 2, -1}, filled.lists().row(4));
        assertArrayEquals(new float[] {0.9f, 0.6f, 0.2f, 0}, scores(filled, 4));
        assertArrayEquals(new int[] {0, 4, -1, -1}, filled.lists().row(5));
        for (int row = 0; row < 4; row++) {
            assertArrayEquals(TRAINED.row(row), filled.lists().row(row));
        }
        assertEquals(2, filled.cold());
        assertEquals(2, filled.withNeighbours());
        assertEquals(0, filled.reachable());
    }

    @Test
    void coldTracksGetPlacesInTheListsOfSimilarTracks() {
        ColdTracks.Filled filled = fill(0.5, COLD);
        assertArrayEquals(new int[] {1, 4, 2, 5}, filled.lists().row(0));
        assertArrayEquals(new float[] {0.5f, 0.5f, 0.4f, 0.4f}, scores(filled, 0));
        assertArrayEquals(new int[] {0, 2, 3, 4}, filled.lists().row(1));
        assertArrayEquals(new float[] {0.5f, 0.4f, 0.3f, 0.3f}, scores(filled, 1));
        assertArrayEquals(new int[] {-1, -1, -1, -1}, filled.lists().row(2), "an empty list stays empty");
        assertArrayEquals(TRAINED.row(3), filled.lists().row(3));
        assertEquals(2, filled.reachable());
    }

    @Test
    void theShareBoundsThePlacesOfAList() {
        ColdTracks.Filled filled = fill(0.25, COLD);
        assertArrayEquals(new int[] {1, 2, 3, 4}, filled.lists().row(0), "track 4 is more similar than 5");
        assertArrayEquals(new int[] {0, 2, 3, 4}, filled.lists().row(1));
        assertEquals(1, filled.reachable());
        assertEquals(1, fill(0.01, COLD).reachable(), "a share above 0 is at least one place");
    }

    @Test
    void eachColdTrackGetsAPlaceBeforeAnyGetsMore() {
        // Track 3 is cold too, and resembles 1 less than 4 does. Track 4 has a place in the list of 0 already.
        IntMatrix lists = new IntMatrix(6, 3, CONTENT.lists().values().clone());
        FloatMatrix similarities =
                new FloatMatrix(6, 3, CONTENT.scores().values().clone());
        lists.set(3, 0, 1);
        similarities.set(3, 0, 0.1f);
        IntMatrix without = new IntMatrix(6, 4, TRAINED.values().clone());
        without.set(1, 2, -1);
        ColdTracks.Filled filled = ColdTracks.fill(
                without, null, new ContentSearch.Result(lists, similarities, 0), row -> row >= 3, settings(0.25));
        assertArrayEquals(
                new int[] {0, 2, 3, -1}, filled.lists().row(1), "3 gets the place, although 4 is more similar");
        assertNull(filled.scores());
    }

    @Test
    void aTrackIsNotInAListTwice() {
        IntMatrix trained = new IntMatrix(6, 4, TRAINED.values().clone());
        trained.set(0, 2, 4);
        ColdTracks.Filled filled = ColdTracks.fill(trained, null, CONTENT, COLD, settings(0.25));
        assertArrayEquals(new int[] {1, 2, 4, 5}, filled.lists().row(0));
        assertEquals(2, filled.reachable());
    }

    @Test
    void wrongSettingsAreRefused() {
        for (double share : new double[] {-0.1, 0.6, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> settings(share));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new ColdTracks.Settings(0, 0.1, Optional.empty(), ContentWeights.DEFAULT));
    }
}
