package dev.segue.knn;

import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Past sessions: of each session its items, of each item its most recent sessions. Sessions can be added at any time and in any
 * order, since they count by the time of their end; of two that ended together, the one that was added later counts as newer. Any
 * thread may add and predict.
 *
 * <p>Memory is bounded by {@link IndexLimits}: when there are too many sessions, the oldest leave, and an item that no session
 * has any longer is forgotten. The default holds a million sessions; with 8 distinct items in each and 50,000 items that is about 250 MB.
 */
public final class SessionIndex {

    private static final int INITIAL_SLOTS = 16;
    private static final int[] NO_ROWS = {};
    private static final float[] ALL_ONE = {};

    private final IndexLimits limits;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ItemTable items;
    private final SlotList byAge = new SlotList();

    /** By slot, the session's distinct items in the order of their last plays. */
    private int[][] sessionRows = new int[INITIAL_SLOTS][];
    /** By slot, the items' listened shares; {@link #ALL_ONE} if all are 1. */
    private float[][] sessionShares = new float[INITIAL_SLOTS][];

    private long[] ends = new long[INITIAL_SLOTS];
    private long[] numbers = new long[INITIAL_SLOTS];
    private int slots;
    private int freeSlot = -1;
    private long added;
    private long left;
    private long plays;

    /** An empty index. */
    public SessionIndex(IndexLimits limits) {
        this.limits = limits;
        items = new ItemTable(limits.sessionsPerItem());
    }

    /**
     * Adds a session whose items were listened to in full.
     *
     * @param sessionItems in the order of their plays, at least one; any 64-bit integers
     * @param endMillis when it ended, in ms since 1970
     */
    public void add(long[] sessionItems, long endMillis) {
        add(sessionItems, null, endMillis);
    }

    /**
     * Adds a session.
     *
     * @param sessionItems in the order of their plays, at least one; any 64-bit integers
     * @param shares the fraction of each item that was listened to, 0..1; null if all are 1
     * @param endMillis when it ended, in ms since 1970
     */
    public void add(long[] sessionItems, float @Nullable [] shares, long endMillis) {
        if (sessionItems.length == 0) {
            throw new IllegalArgumentException("a session has at least one item; leave out empty ones");
        }
        if (shares != null && shares.length != sessionItems.length) {
            throw new IllegalArgumentException(
                    "a session of " + sessionItems.length + " items has " + shares.length + " shares");
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
                added++;
                left++; // older than all that are held
                return;
            }
            removeOldest();
        }
        int slot = freeSlot >= 0 ? freeSlot : newSlot();
        freeSlot = -1;
        ends[slot] = endMillis;
        numbers[slot] = added++;
        byAge.add(slot, 1, this::newer);
        int[] rows = new int[Math.min(sessionItems.length, limits.itemsPerSession())];
        float[] heldShares = new float[rows.length];
        int count = distinct(sessionItems, shares, rows, heldShares);
        boolean full = true;
        for (int i = rows.length - count; i < rows.length; i++) {
            items.add(rows[i], slot, heldShares[i], this::newer);
            full &= heldShares[i] == 1;
        }
        plays += count;
        sessionRows[slot] = Arrays.copyOfRange(rows, rows.length - count, rows.length);
        sessionShares[slot] = full ? ALL_ONE : Arrays.copyOfRange(heldShares, rows.length - count, rows.length);
    }

    /** Puts the rows of a session's distinct items at the end of an array, in the order of their last plays; how many there are. */
    private int distinct(long[] sessionItems, float @Nullable [] shares, int[] rows, float[] heldShares) {
        int begin = rows.length;
        for (int i = sessionItems.length - 1; i >= 0 && begin > 0; i--) {
            int known = items.row(sessionItems[i]);
            if (known >= 0 && contains(rows, begin, known)) {
                continue;
            }
            begin--;
            rows[begin] = items.rowFor(sessionItems[i]);
            heldShares[begin] = shares == null ? 1 : shares[i];
        }
        return rows.length - begin;
    }

    private static boolean contains(int[] rows, int begin, int row) {
        for (int i = begin; i < rows.length; i++) {
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
        left++;
    }

    /** How large it may become. */
    public IndexLimits limits() {
        return limits;
    }

    /** How many sessions it holds. */
    public int sessions() {
        return read(byAge::size);
    }

    /** How many distinct items these have. */
    public int items() {
        return read(items::size);
    }

    /** How many sessions have left, since there were more than the index may hold. */
    public long left() {
        return read(() -> left);
    }

    /** Whether a session that it holds has an item. */
    public boolean contains(long item) {
        return read(() -> items.row(item) >= 0);
    }

    private <T> T read(Supplier<T> value) {
        lock.readLock().lock();
        try {
            return value.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Held while the methods below are called. */
    Lock readLock() {
        return lock.readLock();
    }

    ItemTable table() {
        return items;
    }

    int[] rows(int slot) {
        return sessionRows[slot];
    }

    /** Empty if all are 1. */
    float[] shares(int slot) {
        return sessionShares[slot];
    }

    long end(int slot) {
        return ends[slot];
    }

    /** When the newest session ended; needs one. */
    long newestEnd() {
        return ends[byAge.slot(byAge.size() - 1)];
    }

    /** How many plays of distinct items the sessions have. */
    long plays() {
        return plays;
    }

    /** Whether a session counts as newer than another. */
    boolean newer(int slot, int other) {
        return ends[slot] > ends[other] || (ends[slot] == ends[other] && numbers[slot] > numbers[other]);
    }
}
