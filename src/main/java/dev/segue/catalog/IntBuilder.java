package dev.segue.catalog;

import java.util.Arrays;

/** A growing array of ints. */
final class IntBuilder {

    private int[] values;
    private int size;

    IntBuilder(int capacity) {
        values = new int[capacity];
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, Math.multiplyExact(size, 2)));
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
