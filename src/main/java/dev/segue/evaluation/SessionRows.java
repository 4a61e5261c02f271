package dev.segue.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The rows of a session, in the order of the file. */
final class SessionRows {

    private static final double MILLIS = 1000;

    private long[] items = new long[4];
    private double[] seconds = new double[4];
    private int size;

    void add(long item, double time) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
            seconds = Arrays.copyOf(seconds, 2 * size);
        }
        items[size] = item;
        seconds[size++] = time;
    }

    /** The items in the order of time. Ties keep the order of the rows; the reverse order if the file has the newest rows first. */
    ItemSession session() {
        boolean newestFirst = seconds[0] > seconds[size - 1];
        int[] order = IntStream.range(0, size)
                .map(i -> newestFirst ? size - 1 - i : i)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> seconds[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        long[] sorted = Arrays.stream(order).mapToLong(i -> items[i]).toArray();
        return new ItemSession(sorted, Math.round(seconds[order[size - 1]] * MILLIS));
    }
}
