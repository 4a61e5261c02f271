package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourGapsTest {

    /** Of the tracks 0 to 3, 2 and 3 have no neighbours; 9 is in no catalog. A start has no previous track, and a last asks nothing. */
    @Test
    void requestsCountByTheirPreviousAndTheirSessionsFirstTrack(@TempDir Path folder) throws IOException {
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
