package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdListsTest {

    @Test
    void eachKeyHasItsList() {
        IdLists lists = IdLists.of(new long[] {7, -3, 0}, new int[] {0, 2, 2, 5}, new int[] {10, 11, 12, 13, 14});
        assertEquals(3, lists.rows());
        assertEquals(5, lists.totalIds());
        int row = lists.row(7);
        assertEquals(2, lists.size(row));
        assertEquals(11, lists.get(row, 1));
        assertEquals(0, lists.size(lists.row(-3)));
        assertEquals(14, lists.get(lists.row(0), 2));
        assertEquals(-3, lists.keyAt(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1_000})
    void consecutiveKeysEqualTheirRows(int size) {
        IdLists lists = withKeys(LongStream.range(0, size).toArray());
        for (int key = 0; key < size; key++) {
            assertEquals(key, lists.row(key));
            assertEquals(key, lists.keyAt(key));
        }
        for (long absent : new long[] {-1, size, Integer.MAX_VALUE, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertEquals(-1, lists.row(absent));
        }
    }

    @Test
    void exactlyTheAddedKeysAreFound() {
        var random = new Random(1);
        for (int size : new int[] {1, 2, 7, 8, 9, 100, 10_000}) {
            var keys = new LinkedHashSet<Long>();
            for (long key = 0; key < random.nextInt(size); key++) {
                keys.add(key); // starts in order, like most catalogs
            }
            while (keys.size() < size) {
                keys.add(random.nextBoolean() ? random.nextLong() : random.nextInt(4 * size));
            }
            IdLists lists = withKeys(keys.stream().mapToLong(Long::longValue).toArray());
            for (int row = 0; row < size; row++) {
                assertEquals(row, lists.row(lists.keyAt(row)));
            }
            for (int i = 0; i < size; i++) {
                long key = random.nextInt(8 * size);
                assertEquals(keys.contains(key), lists.row(key) >= 0);
            }
        }
    }

    @Test
    void emptyListsHaveNoRows() {
        assertEquals(0, IdLists.EMPTY.rows());
        assertEquals(0, IdLists.EMPTY.totalIds());
        assertEquals(-1, IdLists.EMPTY.row(0));
    }

    @Test
    void inconsistentArraysAreRejected() {
        long[] keys = {1, 2};
        int[] ids = {5, 6};
        assertThrows(IllegalArgumentException.class, () -> IdLists.of(keys, new int[] {0, 2}, ids));
        assertThrows(IllegalArgumentException.class, () -> IdLists.of(keys, new int[] {0, 1, 1}, ids));
        assertThrows(IllegalArgumentException.class, () -> IdLists.of(keys, new int[] {0, 3, 2}, ids));
        assertThrows(IllegalArgumentException.class, () -> IdLists.of(new long[] {1, 1}, new int[] {0, 1, 2}, ids));
    }

    private static IdLists withKeys(long[] keys) {
        return IdLists.of(keys, new int[keys.length + 1], new int[0]);
    }
}
