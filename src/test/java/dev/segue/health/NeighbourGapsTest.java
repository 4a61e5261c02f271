package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourGapsTest {

    /** Tracks 2 and 3 have no neighbours; 9 is not in the catalog. A start has no previous track, a last event no recommendation. */
    @Test
    void countsRequestsWithoutNeighbours(@TempDir Path folder) throws IOException {
        Catalog catalog = TestCatalog.ofFour(folder);
        var tally = new NeighbourGaps.Tally("tracks.json", catalog.tracks(), catalog.neighbours());
        tally.add(List.of(
                new Step(Step.NONE, 0, "a"),
                new Step(0, 2, "a"),
                new Step(2, 9, "a"),
                new Step(9, 1, "a"),
                new Step(1, Step.NONE, "")));
        tally.add(List.of(new Step(3, 1, "a"), new Step(1, 0, "a")));
        NeighbourGaps gaps = tally.gaps();
        assertEquals(new NeighbourGaps("tracks.json", 4, 2, 5, 3, 2), gaps);
        assertEquals(0.5, gaps.trackShare());
        assertEquals(0.6, gaps.previousShare());
        assertEquals(0.4, gaps.firstShare());
    }
}
