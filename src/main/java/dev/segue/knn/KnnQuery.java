package dev.segue.knn;

import java.util.Arrays;

/** The tracks of a session so far, in the order of the plays. Reusable; for one thread. */
public final class KnnQuery {

    private long[] items = new long[16];
    private float[] shares = new float[16];
    private int size;

    /** Forgets all. */
    public void clear() {
        size = 0;
    }

    /** Adds an item that was listened to in full. */
    public void add(long item) {
        add(item, 1);
    }

    /** Adds an item, and the fraction of it that was listened to. */
    public void add(long item, float share) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
            shares = Arrays.copyOf(shares, 2 * size);
        }
        items[size] = item;
        shares[size++] = share;
    }

    /** How many items there are, repeated ones included. */
    public int size() {
        return size;
    }

    /**
     * An item.
     *
     * @param back 0 for the latest
     */
    long item(int back) {
        return items[size - 1 - back];
    }

    float share(int back) {
        return shares[size - 1 - back];
    }
}
