package dev.segue.knn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionIndexTest {

    private static final IndexLimits SMALL = new IndexLimits(100, 4, 7);

    private record Added(List<Long> items, List<Float> shares, long end) {}

    @Test
    void theOrderOfAddingDoesNotMatter() {
        List<Added> sessions = sessions(400);
        List<Added> byEnd = new ArrayList<>(sessions);
        byEnd.sort(Comparator.comparingLong(Added::end));
        SessionIndex atOnce = index(byEnd);
        List<Added> shuffled = new ArrayList<>(sessions);
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            SessionIndex oneByOne = index(shuffled);
            assertEquals(atOnce.sessions(), oneByOne.sessions());
            assertEquals(atOnce.items(), oneByOne.items());
            assertEquals(atOnce.evicted(), oneByOne.evicted());
            assertSamePredictions(atOnce, oneByOne);
        }
    }

    @Test
    void evictedSessionsLeaveNoTrace() {
        List<Added> sessions = sessions(1000);
        SessionIndex afterAll = index(sessions);
        assertEquals(900, afterAll.evicted());
        SessionIndex newest = index(sessions.subList(900, 1000));
        assertEquals(newest.items(), afterAll.items());
        assertSamePredictions(newest, afterAll);
    }

    @Test
    void oldestSessionsAreEvicted() {
        var index = new SessionIndex(new IndexLimits(2, 10, 10));
        index.add(new long[] {1, 2}, 30);
        index.add(new long[] {1, 3}, 10);
        index.add(new long[] {1, 4}, 20);
        assertEquals(2, index.sessions());
        assertEquals(1, index.evicted());
        assertFalse(index.contains(3), "the item's only session was evicted");
        index.add(new long[] {5, 6}, 5);
        assertFalse(index.contains(5), "a full index rejects a session that is older than all others");
        assertTrue(index.contains(2));
        assertTrue(index.contains(4));
    }

    @Test
    void memoryStaysBoundedWithNewItemsInEverySession() {
        var index = new SessionIndex(SMALL);
        for (int i = 0; i < 50_000; i++) {
            index.add(LongStream.range(6L * i, 6L * i + 6).toArray(), i);
        }
        assertEquals(100, index.sessions());
        assertEquals(400, index.items());
        assertEquals(400, index.table().rowBound(), "rows are reused");
    }

    @Test
    void longSessionsKeepTheirLastDistinctItems() {
        var index = new SessionIndex(SMALL);
        index.add(new long[] {1, 2, 3, 4, 5, 3, 5}, 1);
        assertFalse(index.contains(1));
        assertEquals(4, index.items());
        assertEquals(List.of(2L, 4L, 3L, 5L), List.copyOf(items(index, 0)));
    }

    private static List<Long> items(SessionIndex index, int slot) {
        List<Long> items = new ArrayList<>();
        for (int row : index.rows(slot)) {
            items.add(index.table().item(row));
        }
        return items;
    }

    @Test
    void anItemKeepsOnlyItsMostRecentSessions() {
        var index = new SessionIndex(SMALL);
        for (int i = 0; i < 20; i++) {
            index.add(new long[] {0, 100 + i}, i);
        }
        Map<Long, Double> scores =
                SessionKnnTest.scores(new SessionKnn(index, Settings.PLAIN).predict(query(0), 50, null));
        assertEquals(Set.of(0L, 113L, 114L, 115L, 116L, 117L, 118L, 119L), scores.keySet());
    }

    @Test
    void predictsWhileSessionsAreAdded() {
        var index = new SessionIndex(SMALL);
        index.add(new long[] {0, 1}, 0);
        CompletableFuture<Void> adding = CompletableFuture.runAsync(() -> {
            for (int i = 1; i < 20_000; i++) {
                index.add(new long[] {0, i, i + 1, i + 2}, i);
            }
        });
        var knn = new SessionKnn(index, Settings.PLAIN);
        do {
            Map<Long, Double> scores = SessionKnnTest.scores(knn.predict(query(0), 50, null));
            assertTrue(scores.containsKey(0L), "every session contains item 0");
        } while (!adding.isDone());
        adding.join();
        assertEquals(100, index.sessions());
    }

    @Test
    void emptySessionsAndWrongSharesAreRejected() {
        var index = new SessionIndex(SMALL);
        assertEquals(
                "a session must have at least one item",
                assertThrows(IllegalArgumentException.class, () -> index.add(new long[0], 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> index.add(new long[] {1}, new float[] {1, 1}, 1));
        assertThrows(IllegalArgumentException.class, () -> new IndexLimits(0, 1, 1));
        assertEquals(0, index.sessions());
    }

    @Test
    void estimatesTheMemoryOfAFullIndex() {
        assertEquals(1000 * (80 + 20 * 4) + 220 * 50, new IndexLimits(1000, 200, 100).bytes(4, 50));
        assertEquals(1000 * (80 + 20 * 3) + 220 * 50, new IndexLimits(1000, 3, 100).bytes(4, 50));
    }

    private static List<Added> sessions(int count) {
        var random = new KeyedRandom(7, 0, 0, 0);
        List<Added> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(8);
            List<Long> items = new ArrayList<>();
            List<Float> shares = new ArrayList<>();
            for (int j = 0; j < length; j++) {
                items.add(random.nextLong(40));
                shares.add(random.nextInt(3) / 2f);
            }
            sessions.add(new Added(items, shares, 1000L * i));
        }
        return sessions;
    }

    private static SessionIndex index(List<Added> sessions) {
        var index = new SessionIndex(SMALL);
        sessions.forEach(session -> index.add(
                SessionKnnTest.longs(session.items()), SessionKnnTest.floats(session.shares()), session.end()));
        return index;
    }

    private static void assertSamePredictions(SessionIndex expected, SessionIndex actual) {
        for (long item = 0; item < 40; item++) {
            Map<Long, Double> expectedScores = predict(expected, item, (item * 7) % 40);
            Map<Long, Double> actualScores = predict(actual, item, (item * 7) % 40);
            assertEquals(List.copyOf(expectedScores.keySet()), List.copyOf(actualScores.keySet()));
            expectedScores.forEach((scored, score) ->
                    assertEquals(score, actualScores.getOrDefault(scored, Double.NaN), 1e-9 * score));
        }
    }

    private static Map<Long, Double> predict(SessionIndex index, long... items) {
        return SessionKnnTest.scores(new SessionKnn(index, Settings.VARIED.get(3)).predict(query(items), 50, null));
    }

    private static KnnQuery query(long... items) {
        var query = new KnnQuery();
        LongStream.of(items).forEach(query::add);
        return query;
    }
}
