package dev.segue.knn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of an index, in dense rows. The row of an item is reused when its last session has been evicted. */
final class ItemTable {

    private static final int INITIAL_ROWS = 16;

    private final Map<Long, Integer> rowOf = new HashMap<>();
    private final int sessionsPerItem;
    private long[] items = new long[INITIAL_ROWS];
    private int[] sessionCounts = new int[INITIAL_ROWS];
    /** By row, the natural logarithm of the item's number of sessions. */
    private double[] logCounts = new double[INITIAL_ROWS];

    private @Nullable SlotList[] recentSessions = new @Nullable SlotList[INITIAL_ROWS];
    private int[] freeRows = new int[INITIAL_ROWS];
    private int freeRowCount;
    private int rows;

    /** @param sessionsPerItem maximum number of sessions in the list of an item; the most recent ones are kept */
    ItemTable(int sessionsPerItem) {
        this.sessionsPerItem = sessionsPerItem;
    }

    /** The row of an item, or -1 if no session contains it. */
    int row(long item) {
        Integer row = rowOf.get(item);
        return row == null ? -1 : row;
    }

    long item(int row) {
        return items[row];
    }

    double logCount(int row) {
        return logCounts[row];
    }

    /** The most recent sessions that contain the item of a row. */
    SlotList sessions(int row) {
        SlotList sessions = recentSessions[row];
        if (sessions == null) {
            throw new IllegalArgumentException("row " + row + " has no item");
        }
        return sessions;
    }

    /** The number of items. */
    int size() {
        return rowOf.size();
    }

    /** The exclusive upper bound of the rows. */
    int rowBound() {
        return rows;
    }

    /** The row of an item; a new row if the item has none. */
    int rowOrNew(long item) {
        int existingRow = row(item);
        if (existingRow >= 0) {
            return existingRow;
        }
        int row = freeRowCount > 0 ? freeRows[--freeRowCount] : newRow();
        items[row] = item;
        recentSessions[row] = new SlotList();
        rowOf.put(item, row);
        return row;
    }

    private int newRow() {
        if (rows == items.length) {
            int length = rows + rows / 2;
            items = Arrays.copyOf(items, length);
            sessionCounts = Arrays.copyOf(sessionCounts, length);
            logCounts = Arrays.copyOf(logCounts, length);
            recentSessions = Arrays.copyOf(recentSessions, length);
        }
        return rows++;
    }

    /** Records that a session contains the item of a row. */
    void add(int row, int slot, float share, SlotList.SessionAges ages) {
        SlotList sessions = sessions(row);
        if (sessions.size() < sessionsPerItem) {
            sessions.add(slot, share, ages);
        } else if (ages.isNewer(slot, sessions.slot(0))) {
            sessions.removeOldest();
            sessions.add(slot, share, ages);
        }
        setCount(row, sessionCounts[row] + 1);
    }

    /** Records that the oldest of all sessions, which contains the item of a row, is evicted. */
    void removeOldest(int row, int slot) {
        SlotList sessions = sessions(row);
        if (sessions.size() > 0 && sessions.slot(0) == slot) {
            sessions.removeOldest();
        }
        setCount(row, sessionCounts[row] - 1);
        if (sessionCounts[row] == 0) {
            rowOf.remove(items[row]);
            recentSessions[row] = null;
            if (freeRowCount == freeRows.length) {
                freeRows = Arrays.copyOf(freeRows, 2 * freeRowCount);
            }
            freeRows[freeRowCount++] = row;
        }
    }

    private void setCount(int row, int count) {
        sessionCounts[row] = count;
        logCounts[row] = Math.log(count);
    }
}
