package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.embedding.ModelType;
import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NeighboursTest {

    private static final int TRACKS = 200;
    private static final long ENOUGH_MEMORY = 100_000_000;

    @ParameterizedTest
    @CsvSource({"CONTEXTUAL, 1, 0", "CONTEXTUAL, 20, 0", "NEW, 20, 0", "NEW, 20, 3", "NEW, 50, 1", "NEW, 199, 0"})
    void neighboursMatchASortOfAllPairs(ModelType type, int k, int maxPerArtist) {
        ModelFolder model = Models.some(type, TRACKS, 5, 4);
        assertEquals(
                sorted(model, k, maxPerArtist),
                found(model, new Neighbours.Options(k, maxPerArtist, 1, ENOUGH_MEMORY)));
    }

    @Test
    void untrainedTracksHaveNoNeighboursAndAreNotNeighbours() {
        ModelFolder model = Models.some(ModelType.NEW, TRACKS, 5, 4);
        Neighbours.Result result = find(model, new Neighbours.Options(20, 0, 1, ENOUGH_MEMORY));
        assertEquals(133, result.anchors());
        assertEquals(150, result.candidates());
        for (int track = 0; track < TRACKS; track++) {
            int[] row = result.lists().row(track);
            assertEquals(track % 3 != 0, row[0] != Neighbours.NONE);
            assertTrue(Arrays.stream(row).allMatch(neighbour -> neighbour == Neighbours.NONE || neighbour % 4 != 0));
        }
    }

    @Test
    void tracksWithTooFewRowsHaveNoNeighbours() {
        ModelFolder model = Models.of(ModelType.NEW, 6, 1, 2, track -> track, track -> 1);
        List<List<Integer>> lists = found(model, new Neighbours.Options(5, 0, 3, ENOUGH_MEMORY));
        assertEquals(List.of(0, 0, 0, 5, 5, 5), lists.stream().map(List::size).toList());
    }

    @Test
    void theMemoryLimitDoesNotChangeTheResult() {
        ModelFolder model = Models.some(ModelType.CONTEXTUAL, TRACKS, 0, 4);
        String expected =
                found(model, new Neighbours.Options(10, 2, 1, ENOUGH_MEMORY)).toString();
        // The bytes of an anchor; the bytes of the candidates, stored twice, and of the lists.
        long each = 4 * 4 + 20 * 11;
        long fixed = 2 * 150 * 4 * 4 + 4 * TRACKS * 10;
        for (long memory : new long[] {fixed + each, fixed + 3 * each, fixed + 100 * each}) {
            var progress = new ArrayList<Long>();
            var neighbours = new Neighbours(model, track -> track / 10, new Neighbours.Options(10, 2, 1, memory));
            assertEquals(expected, lists(neighbours.find(progress::add)).toString());
            assertEquals(-Math.floorDiv(-133, (memory - fixed) / each), progress.size(), "number of blocks");
            assertEquals(133, progress.get(progress.size() - 1));
        }
        var tooSmall = new Neighbours.Options(10, 2, 1, fixed + each - 1);
        String message = String.valueOf(
                assertThrows(FileException.class, () -> find(model, tooSmall)).getMessage());
        assertTrue(message.contains("needs at least 1 MB; raise --memory-mb"), message);
    }

    @ParameterizedTest
    @EnumSource
    void modelsWithFewTrainedTracksHaveShortLists(ModelType type) {
        ModelFolder untrained = Models.of(type, 5, 1, 2, track -> 0, track -> 0);
        assertEquals(
                List.of(),
                found(untrained, new Neighbours.Options(3, 0, 1, ENOUGH_MEMORY)).get(2));
        ModelFolder onlyItself = Models.of(type, 5, 1, 2, track -> track == 2 ? 1 : 0, track -> track == 2 ? 1 : 0);
        assertEquals(
                List.of(),
                found(onlyItself, new Neighbours.Options(3, 0, 1, ENOUGH_MEMORY))
                        .get(2));
        ModelFolder oneCandidate = Models.of(type, 5, 1, 2, track -> 1, track -> track == 2 ? 1 : 0);
        List<List<Integer>> lists = found(oneCandidate, new Neighbours.Options(3, 1, 1, ENOUGH_MEMORY));
        assertEquals(List.of(List.of(2), List.of(2), List.of(), List.of(2), List.of(2)), lists);
    }

    @Test
    void tracksOfUnknownArtistsAreNotLimited() {
        ModelFolder model = Models.some(ModelType.NEW, TRACKS, 5, 4);
        var unlimited = new Neighbours(model, track -> -1, new Neighbours.Options(20, 0, 1, ENOUGH_MEMORY));
        var limited = new Neighbours(model, track -> -1, new Neighbours.Options(20, 1, 1, ENOUGH_MEMORY));
        assertEquals(lists(unlimited.find(done -> {})), lists(limited.find(done -> {})));
    }

    @Test
    void optionsOutOfRangeAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> new Neighbours.Options(0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Neighbours.Options(1, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Neighbours.Options(1, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Neighbours.Options(1, 0, 1, 0));
    }

    private static Neighbours.Result find(ModelFolder model, Neighbours.Options options) {
        var last = new AtomicLong();
        return new Neighbours(model, track -> track / 10, options).find(last::set);
    }

    private static List<List<Integer>> found(ModelFolder model, Neighbours.Options options) {
        return lists(find(model, options));
    }

    private static List<List<Integer>> lists(Neighbours.Result result) {
        return IntStream.range(0, result.lists().rows())
                .mapToObj(row -> Arrays.stream(result.lists().row(row))
                        .filter(neighbour -> neighbour != Neighbours.NONE)
                        .boxed()
                        .toList())
                .toList();
    }

    private static List<List<Integer>> sorted(ModelFolder model, int k, int maxPerArtist) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int anchor = 0; anchor < TRACKS; anchor++) {
            int context = anchor;
            Map<Integer, Integer> byArtist = new HashMap<>();
            lists.add(
                    anchor % 3 == 0
                            ? List.of()
                            : IntStream.range(0, TRACKS)
                                    .filter(track -> track % 4 != 0 && track != context)
                                    .boxed()
                                    .sorted(Comparator.comparingDouble(
                                            (Integer track) -> -score(model, context, track)))
                                    .filter(track -> maxPerArtist == 0
                                            || byArtist.merge(track / 10, 1, Integer::sum) <= maxPerArtist)
                                    .limit(k)
                                    .toList());
        }
        return lists;
    }

    private static double score(ModelFolder model, int context, int track) {
        FloatMatrix contexts = model.model().contexts();
        FloatMatrix tracks = model.model().tracks();
        double score = 0;
        for (int d = 0; d < contexts.columns(); d++) {
            score += contexts.get(context, d) * tracks.get(track, d);
        }
        return score;
    }
}
