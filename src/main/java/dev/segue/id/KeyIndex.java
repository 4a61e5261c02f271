package dev.segue.id;

import java.util.Arrays;

/**
 * Numbers keys 0, 1, 2, … in the order they are added, and looks up a key's number.
 *
 * <p>Most catalogs list tracks 0 to n-1 in order. As long as the keys do, the number equals the key and nothing is
 * stored. The first other key switches to an array of keys and an open-addressing table of rows, at most half full. The
 * hash is Fibonacci hashing (Knuth, TAOCP 3, 6.4), which distributes consecutive ids evenly.
 */
public final class KeyIndex {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private boolean identity = true;
    private int size;
    private long[] keys = {};
    /** Row + 1, or 0 for a free slot. */
    private int[] slots = {};

    private int shift;

    /** The index of keys 0 to size-1. */
    public static KeyIndex identity(int size) {
        var index = new KeyIndex();
        index.size = size;
        return index;
    }

    /** Assigns the next row to a new key and returns it; for a key that has a row, returns -1 - row. */
    public int add(long key) {
        if (identity) {
            if (key == size) {
                return size++;
            }
            if (key >= 0 && key < size) {
                return -1 - (int) key;
            }
            leaveIdentity();
        } else if (2 * size >= slots.length) {
            resize(slots.length * 2);
        }
        int slot = slot(key);
        if (slots[slot] != 0) {
            return -slots[slot];
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size] = key;
        slots[slot] = size + 1;
        return size++;
    }

    /** Whether the keys are 0, 1, 2, … in this order. */
    public boolean isIdentity() {
        return identity;
    }

    /** The key's row, or -1. */
    public int row(long key) {
        if (identity) {
            return key >= 0 && key < size ? (int) key : -1;
        }
        return slots[slot(key)] - 1;
    }

    /** The key of a row from 0 to {@link #size} - 1. */
    public long keyAt(int row) {
        return identity ? row : keys[row];
    }

    /** The number of keys. */
    public int size() {
        return size;
    }

    private void leaveIdentity() {
        identity = false;
        keys = new long[Math.max(8, size + size / 2)];
        Arrays.setAll(keys, row -> row);
        resize(Integer.highestOneBit(Math.max(8, size)) * 4);
    }

    private void resize(int capacity) {
        slots = new int[capacity];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
        for (int row = 0; row < size; row++) {
            slots[slot(keys[row])] = row + 1;
        }
    }

    /** The slot of the key, or the free slot where it belongs. */
    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = (int) ((key * GOLDEN_RATIO) >>> shift);
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
