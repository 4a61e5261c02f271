package dev.segue.knn;

import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An index of past sessions: the items of each session, and the most recent sessions of each item. Sessions can be added in any order,
 * since they are ordered by their end; of two sessions with the same end, the one that was added later is the newer one. Thread-safe.
 *
 * <p>{@link IndexLimits} bounds the memory: the oldest sessions are evicted, and with them the items that occur in no other session. The
 * default limit of a million sessions needs about 250 MB with 8 distinct items a session and 50,000 items in all.
 */
public final class SessionIndex {

    private static final int INITIAL_SLOTS = 16;
    private static final int[] NO_ROWS = {};
    private static final float[] ALL_ONE = {};

    private final IndexLimits limits;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ItemTable items;
    private final SlotList byAge = new SlotList();

    /** By slot, the rows of the session's distinct items in the order of their last plays. */
    private int[][] sessionRows = new int[INITIAL_SLOTS][];
    /** By slot, the items' played shares; {@link #ALL_ONE} if all are 1. */
    private float[][] sessionShares = new float[INITIAL_SLOTS][];

    private long[] ends = new long[INITIAL_SLOTS];
    private long[] numbers = new long[INITIAL_SLOTS];
    private int slots;
    private int freeSlot = -1;
    private long addedCount;
    private long evicted;
    private long plays;

    /** An empty index. */
    public SessionIndex(IndexLimits limits) {
        this.limits = limits;
        items = new ItemTable(limits.sessionsPerItem());
    }

    /** Adds a session of fully played items.
     *
     * @param sessionItems in the order of their plays, at least one; any 64-bit integers
     * @param endMillis end of the session, in ms since 1970
     * @throws IllegalArgumentException if the session is empty
     */
    public void add(long[] sessionItems, long endMillis) {
        add(sessionItems, null, endMillis);
    }

    /**
     * Adds a session.
     *
     * @param sessionItems in the order of their plays, at least one; any 64-bit integers
     * @param shares the played share of each item, 0 to 1; null if all are 1
     * @param endMillis end of the session, in ms since 1970
     * @throws IllegalArgumentException if the session is empty, or the numbers of items and shares differ
     */
    public void add(long[] sessionItems, float @Nullable [] shares, long endMillis) {
        if (sessionItems.length == 0) {
            throw new IllegalArgumentException("a session must have at least one item");
        }
        if (shares != null && shares.length != sessionItems.length) {
            throw new IllegalArgumentException(
                    "a session has " + sessionItems.length + " items and " + shares.length + " shares");
        }
        lock.writeLock().lock();
        try {
            addLocked(sessionItems, shares, endMillis);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void addLocked(long[] sessionItems, float @Nullable [] shares, long endMillis) {
        if (byAge.size() == limits.sessions()) {
            if (endMillis < ends[byAge.slot(0)]) {
                addedCount++;
                evicted++; // older than all sessions of the full index
                return;
            }
            removeOldest();
        }
        int slot = freeSlot >= 0 ? freeSlot : newSlot();
        freeSlot = -1;
        ends[slot] = endMillis;
        numbers[slot] = addedCount++;
        byAge.add(slot, 1, this::isNewer);
        int[] rows = new int[Math.min(sessionItems.length, limits.itemsPerSession())];
        float[] keptShares = new float[rows.length];
        int count = distinct(sessionItems, shares, rows, keptShares);
        boolean allOne = true;
        for (int i = rows.length - count; i < rows.length; i++) {
            items.add(rows[i], slot, keptShares[i], this::isNewer);
            allOne &= keptShares[i] == 1;
        }
        plays += count;
        sessionRows[slot] = Arrays.copyOfRange(rows, rows.length - count, rows.length);
        sessionShares[slot] = allOne ? ALL_ONE : Arrays.copyOfRange(keptShares, rows.length - count, rows.length);
    }

    /** Writes the rows of a session's distinct items to the end of an array, in the order of their last plays, and returns their number. */
    private int distinct(long[] sessionItems, float @Nullable [] shares, int[] rows, float[] keptShares) {
        int start = rows.length;
        for (int i = sessionItems.length - 1; i >= 0 && start > 0; i--) {
            int existingRow = items.row(sessionItems[i]);
            if (existingRow >= 0 && contains(rows, start, existingRow)) {
                continue;
            }
            start--;
            rows[start] = items.rowOrNew(sessionItems[i]);
            keptShares[start] = shares == null ? 1 : shares[i];
        }
        return rows.length - start;
    }

    private static boolean contains(int[] rows, int start, int row) {
        for (int i = start; i < rows.length; i++) {
            if (rows[i] == row) {
                return true;
            }
        }
        return false;
    }

    private int newSlot() {
        if (slots == ends.length) {
            int length = slots + slots / 2;
            sessionRows = Arrays.copyOf(sessionRows, length);
            sessionShares = Arrays.copyOf(sessionShares, length);
            ends = Arrays.copyOf(ends, length);
            numbers = Arrays.copyOf(numbers, length);
        }
        return slots++;
    }

    private void removeOldest() {
        int slot = byAge.removeOldest();
        for (int row : sessionRows[slot]) {
            items.removeOldest(row, slot);
        }
        plays -= sessionRows[slot].length;
        sessionRows[slot] = NO_ROWS;
        freeSlot = slot;
        evicted++;
    }

    /** The maximum size. */
    public IndexLimits limits() {
        return limits;
    }

    /** The number of sessions. */
    public int sessions() {
        return withReadLock(byAge::size);
    }

    /** The number of distinct items. */
    public int items() {
        return withReadLock(items::size);
    }

    /** The number of sessions that were evicted because of {@link IndexLimits#sessions}. */
    public long evicted() {
        return withReadLock(() -> evicted);
    }

    /** Whether a session of the index contains an item. */
    public boolean contains(long item) {
        return withReadLock(() -> items.row(item) >= 0);
    }

    private <T> T withReadLock(Supplier<T> value) {
        lock.readLock().lock();
        try {
            return value.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The lock that callers of the methods below must hold. */
    Lock readLock() {
        return lock.readLock();
    }

    ItemTable table() {
        return items;
    }

    int[] rows(int slot) {
        return sessionRows[slot];
    }

    /** The played shares of a session's items; empty if all are 1. */
    float[] shares(int slot) {
        return sessionShares[slot];
    }

    long end(int slot) {
        return ends[slot];
    }

    /** The end of the newest session, in ms since 1970. The index must not be empty. */
    long newestEnd() {
        return ends[byAge.slot(byAge.size() - 1)];
    }

    /** The sum of the sessions' numbers of distinct items. */
    long plays() {
        return plays;
    }

    /** Whether a session is newer than another. */
    boolean isNewer(int slot, int other) {
        return ends[slot] > ends[other] || (ends[slot] == ends[other] && numbers[slot] > numbers[other]);
    }
}
