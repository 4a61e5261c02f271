package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {

    @Test
    void countsEachTrackOfTheCatalogOnceAndNamesAnUnknownOne(@TempDir Path folder) throws IOException {
        var tally = new Coverage.Tally(TestCatalog.ofFour(folder).tracks());
        tally.add(List.of(new Step(0, 1, "a"), new Step(1, 1, "a"), new Step(77, 2, "b")));
        tally.add(List.of(new Step(0, 99, "b"), new Step(88, Step.NONE, "")));
        Coverage coverage = tally.coverage();
        assertEquals(new Coverage(4, 2, 2, Map.of("a", 1L, "b", 1L), 5, 2, OptionalInt.of(77)), coverage);
        assertEquals(0.4, coverage.unknownShare());
    }
}
