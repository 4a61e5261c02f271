package dev.segue.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing list of integers in blocks, so that growth copies nothing. */
final class IntColumn {

    private static final int BLOCK_BITS = 14;
    private static final int MASK = (1 << BLOCK_BITS) - 1;

    private final List<int[]> blocks = new ArrayList<>();
    private int size;

    void add(int value) {
        if (size >> BLOCK_BITS == blocks.size()) {
            blocks.add(new int[1 << BLOCK_BITS]);
        }
        blocks.get(size >> BLOCK_BITS)[size & MASK] = value;
        size++;
    }

    /** Appends a value until the list has a size. */
    void fill(int newSize, int value) {
        while (size < newSize) {
            add(value);
        }
    }

    int get(int index) {
        return blocks.get(index >> BLOCK_BITS)[index & MASK];
    }

    void set(int index, int value) {
        blocks.get(index >> BLOCK_BITS)[index & MASK] = value;
    }

    int size() {
        return size;
    }

    /** An array of equal values. */
    static int[] array(int size, int value) {
        int[] values = new int[size];
        Arrays.fill(values, value);
        return values;
    }
}
