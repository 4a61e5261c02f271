package dev.segue.importing;

import java.util.ArrayList;
import java.util.List;

/** A growing list of longs in blocks, so that growth copies nothing. */
final class LongColumn {

    private static final int BLOCK_BITS = 13;
    private static final int MASK = (1 << BLOCK_BITS) - 1;

    private final List<long[]> blocks = new ArrayList<>();
    private int size;

    void add(long value) {
        if (size >> BLOCK_BITS == blocks.size()) {
            blocks.add(new long[1 << BLOCK_BITS]);
        }
        blocks.get(size >> BLOCK_BITS)[size & MASK] = value;
        size++;
    }

    long get(int index) {
        return blocks.get(index >> BLOCK_BITS)[index & MASK];
    }

    int size() {
        return size;
    }

    /** The values in an array. */
    long[] toArray() {
        long[] values = new long[size];
        for (int block = 0; block < blocks.size(); block++) {
            int start = block << BLOCK_BITS;
            System.arraycopy(blocks.get(block), 0, values, start, Math.min(size - start, 1 << BLOCK_BITS));
        }
        return values;
    }
}
