package dev.segue.importing;

import java.util.Arrays;

/** Sorts rows of a table. Both orders are stable: rows with equal keys stay in the order of the table. */
final class TimeOrder {

    /** The number of bits of a row number. */
    private static final int ROW_BITS = 31;

    private static final long ROW_MASK = (1L << ROW_BITS) - 1;

    private TimeOrder() {}

    /** The rows by timestamp. */
    static int[] byTime(PlayTable table) {
        int size = table.size();
        int[] order = new int[size];
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        boolean sorted = true;
        for (int row = 0; row < size; row++) {
            order[row] = row;
            sorted &= table.timestamp(row) >= latest;
            earliest = Math.min(earliest, table.timestamp(row));
            latest = Math.max(latest, table.timestamp(row));
        }
        if (sorted) {
            return order;
        }
        // Each pass sorts by 32 bits of the time, packed with the position before the pass.
        order = sort(table, order, earliest, 0);
        return (latest - earliest) >>> 32 == 0 ? order : sort(table, order, earliest, 32);
    }

    private static int[] sort(PlayTable table, int[] order, long earliest, int shift) {
        long[] packed = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            long bits = ((table.timestamp(order[i]) - earliest) >>> shift) & 0xffffffffL;
            packed[i] = (bits << ROW_BITS) | i;
        }
        Arrays.parallelSort(packed);
        int[] sorted = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = order[(int) (packed[i] & ROW_MASK)];
        }
        return sorted;
    }

    /** The rows by listener, and those of a listener by timestamp. */
    static int[] byListener(PlayTable table, int[] byTime) {
        int[] next = new int[table.listeners.bound() + 1];
        for (int row : byTime) {
            next[table.listener(row) + 1]++;
        }
        for (int listener = 1; listener < next.length; listener++) {
            next[listener] += next[listener - 1];
        }
        int[] order = new int[byTime.length];
        for (int row : byTime) {
            order[next[table.listener(row)]++] = row;
        }
        return order;
    }
}
