package dev.segue.json;

import java.util.Arrays;

/** A growable array of ints. */
public final class IntBuilder {

    private int[] values;
    private int size;

    public IntBuilder(int capacity) {
        values = new int[capacity];
    }

    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, Math.multiplyExact(size, 2)));
        }
        values[size++] = value;
    }

    public int get(int index) {
        return values[index];
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
