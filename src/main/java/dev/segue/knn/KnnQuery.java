package dev.segue.knn;

import java.util.Arrays;

/** The items of a session so far, in the order of the plays. Reusable; not thread-safe. */
public final class KnnQuery {

    private long[] items = new long[16];
    private float[] shares = new float[16];
    private int size;

    /** Removes all items. */
    public void clear() {
        size = 0;
    }

    /** Adds a fully played item. */
    public void add(long item) {
        add(item, 1);
    }

    /** Adds an item and its played share, 0 to 1. */
    public void add(long item, float share) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
            shares = Arrays.copyOf(shares, 2 * size);
        }
        items[size] = item;
        shares[size++] = share;
    }

    /** The number of items, including repeats. */
    public int size() {
        return size;
    }

    /** Returns an item.
     *
     * @param back number of items since then; 0 for the latest
     */
    long item(int back) {
        return items[size - 1 - back];
    }

    float share(int back) {
        return shares[size - 1 - back];
    }
}
