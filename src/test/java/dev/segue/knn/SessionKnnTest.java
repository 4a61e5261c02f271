package dev.segue.knn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.knn.PlainKnn.Past;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionKnnTest {

    private static final long DAY = 86_400_000;

    private final SessionIndex index = new SessionIndex(IndexLimits.DEFAULT);

    @Test
    void scoresMatchAComputationByHand() {
        add(1, 1, 2, 3); // shares both items: 1 + 1/2, latest match 2
        add(2, 2, 4); // shares 2: 1
        add(3, 1, 4); // shares 1: 1/2, halved since the match is one item back
        assertEquals(Map.of(2L, 2.5, 1L, 1.75, 3L, 1.5, 4L, 1.25), scores(Settings.PLAIN, 1, 2));
        assertEquals(
                List.of(2L, 1L, 3L, 4L),
                List.copyOf(scores(Settings.PLAIN, 1, 2).keySet()));
    }

    @Test
    void predictionsMatchTheReferenceImplementation() {
        List<Past> sessions = new ArrayList<>();
        var random = new KeyedRandom(1, 2, 3, 4);
        for (int number = 0; number < 60; number++) {
            List<Long> items = LongStream.generate(() -> random.nextInt(25))
                    .limit(1 + random.nextInt(6))
                    .distinct()
                    .boxed()
                    .toList();
            List<Float> shares =
                    items.stream().map(item -> random.nextInt(5) / 4f).toList();
            var past = new Past(items, shares, random.nextInt(20) * DAY / 2, number);
            sessions.add(past);
            index.add(longs(items), floats(shares), past.end());
        }
        int compared = 0;
        for (KnnSettings settings : Settings.VARIED) {
            var plain = new PlainKnn(sessions, settings);
            for (int i = 0; i < 200; i++) {
                List<Long> session = LongStream.generate(() -> random.nextInt(27))
                        .limit(1 + random.nextInt(6))
                        .boxed()
                        .toList();
                List<Float> shares =
                        session.stream().map(item -> random.nextInt(5) / 4f).toList();
                Map<Long, Double> expected = plain.scores(session, shares);
                Map<Long, Double> actual = scores(settings, session, shares, 1000);
                actual.values().removeIf(score -> score < 1e-12); // the rounding error of a sum of 0
                expected.values().removeIf(score -> score < 1e-12);
                assertEquals(expected.keySet(), Map.copyOf(actual).keySet(), settings + " " + session + shares);
                expected.forEach((item, score) ->
                        assertEquals(score, actual.getOrDefault(item, Double.NaN), 1e-12 + 1e-9 * score));
                compared += expected.size();
            }
        }
        assertTrue(compared > 5000, "only " + compared + " scores were compared");
    }

    @Test
    void itemsCanBeAnyLong() {
        index.add(new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}, 1);
        assertEquals(
                List.of(-1L, Long.MAX_VALUE, Long.MIN_VALUE),
                List.copyOf(scores(Settings.ordered(0.1, 0.5), -1).keySet()));
    }

    @Test
    void tiesAreInAscendingOrderOfItems() {
        add(1, 7, 9, 5, 8);
        assertEquals(
                List.of(5L, 7L, 8L, 9L), List.copyOf(scores(Settings.PLAIN, 7).keySet()));
    }

    @Test
    void aSmallerCountGivesAPrefix() {
        for (int i = 0; i < 200; i++) {
            add(i, 0, 1 + i % 40, 1 + i % 7);
        }
        List<Long> all = List.copyOf(
                scores(Settings.PLAIN, List.of(0L), List.of(1f), 1000).keySet());
        assertEquals(
                all.subList(0, 9),
                List.copyOf(scores(Settings.PLAIN, List.of(0L), List.of(1f), 9).keySet()));
    }

    @Test
    void onlyAllowedItemsArePredicted() {
        add(1, 1, 2, 3);
        var session = new KnnQuery();
        session.add(1);
        ScoredItems items = new SessionKnn(index, Settings.PLAIN).predict(session, 1, item -> item > 1);
        assertEquals(1, items.size());
        assertEquals(2, items.item(0));
    }

    @Test
    void unknownItemsAndEmptySessionsPredictNothing() {
        assertEquals(Map.of(), scores(Settings.PLAIN, 1));
        add(1, 1, 2);
        assertEquals(Map.of(), scores(Settings.PLAIN, 99));
        assertEquals(Map.of(), scores(Settings.PLAIN));
        assertEquals(Map.of(1L, 1.0, 2L, 1.0), scores(Settings.PLAIN, 1, 99, 1));
    }

    @Test
    void sessionsWithSharesOfZeroPredictNothing() {
        index.add(new long[] {1, 2}, new float[] {0, 0}, 1);
        add(2, 1, 3);
        assertEquals(Map.of(), scores(Settings.PLAIN, List.of(1L), List.of(0f), 10));
        assertEquals(Map.of(1L, 1.0, 3L, 1.0), scores(Settings.PLAIN, 1));
    }

    @Test
    void playedSharesWeightTheSessionAndItsNeighbours() {
        index.add(new long[] {1, 2, 3}, new float[] {1, 0.5f, 0.25f}, 1);
        assertEquals(Map.of(1L, 0.5, 2L, 0.25, 3L, 0.125), scores(Settings.PLAIN, List.of(1L), List.of(0.5f), 10));
    }

    @Test
    void aSkipMakesSessionsThatLikedTheTrackDissimilar() {
        add(1, 1, 2); // liked the track that the current session skipped
        index.add(new long[] {1, 3}, new float[] {0, 1}, 2); // skipped the track, too
        assertEquals(Map.of(3L, 1.0), scores(Settings.plain(0.5), List.of(1L), List.of(0f), 10));
        assertEquals(Map.of(1L, 1.0, 2L, 1.0), scores(Settings.plain(0.5), 1));
    }

    @Test
    void tracksThatNeighboursSkippedAreNotPredicted() {
        index.add(new long[] {1, 2, 3}, new float[] {1, 0.1f, 0.9f}, 1);
        assertEquals(List.of(1L, 3L), List.copyOf(scores(Settings.plain(0.5), 1).keySet()));
    }

    @Test
    void scoresDependOnTheDistanceFromTheMatch() {
        add(1, 2, 1, 3, 4);
        Map<Long, Double> scores = scores(Settings.ordered(Math.log(4), 0.5), 1);
        assertEquals(1, scores.getOrDefault(3L, Double.NaN), 1e-12);
        assertEquals(0.5, scores.getOrDefault(2L, Double.NaN), 1e-12);
        assertEquals(0.25, scores.getOrDefault(4L, Double.NaN), 1e-12);
    }

    @Test
    void olderSessionsHaveLessWeight() {
        index.add(new long[] {1, 2}, 0);
        index.add(new long[] {1, 3}, 2 * DAY);
        Map<Long, Double> scores = scores(Settings.recencyDecay(Math.log(2)), 1);
        assertEquals(0.25, scores.getOrDefault(2L, Double.NaN), 1e-12);
        assertEquals(1, scores.getOrDefault(3L, Double.NaN), 1e-12);
    }

    @Test
    void itemsOfTheCurrentSessionAreWeightedBySeen() {
        add(1, 1, 2, 3);
        assertEquals(Map.of(1L, 4.5, 2L, 4.5, 3L, 1.5), scores(Settings.seen(3), 1, 2));
        assertEquals(Map.of(3L, 1.5), scores(Settings.seen(0), 1, 2));
    }

    @Test
    void errorsNameTheSettingAndItsRange() {
        var failure = assertThrows(IllegalArgumentException.class, () -> Settings.ordered(-1, 1));
        assertEquals("forwardDecay must be from 0 to 100, and is -1", failure.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Settings.seen(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Settings.plain(1));
    }

    private void add(long end, long... items) {
        index.add(items, end);
    }

    private Map<Long, Double> scores(KnnSettings settings, long... session) {
        List<Long> items = LongStream.of(session).boxed().toList();
        return scores(settings, items, items.stream().map(item -> 1f).toList(), 10);
    }

    /** In the order of the prediction. */
    private Map<Long, Double> scores(KnnSettings settings, List<Long> session, List<Float> shares, int count) {
        var query = new KnnQuery();
        for (int i = 0; i < session.size(); i++) {
            query.add(session.get(i), shares.get(i));
        }
        return scores(new SessionKnn(index, settings).predict(query, count, null));
    }

    static Map<Long, Double> scores(ScoredItems items) {
        Map<Long, Double> scores = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            scores.put(items.item(i), items.score(i));
            assertTrue(i == 0 || items.score(i) <= items.score(i - 1), "best first");
        }
        return scores;
    }

    static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
