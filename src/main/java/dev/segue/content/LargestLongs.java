package dev.segue.content;

import java.util.Arrays;

/** The k largest of the numbers that are added, in a binary heap whose root is the smallest of them. */
final class LargestLongs {

    private final long[] heap;
    private int size;

    LargestLongs(int k) {
        heap = new long[k];
    }

    void clear() {
        size = 0;
    }

    /** Adds a number, unless k larger ones were added. */
    void add(long value) {
        if (size < heap.length) {
            int child = size++;
            while (child > 0 && heap[(child - 1) / 2] > value) {
                heap[child] = heap[(child - 1) / 2];
                child = (child - 1) / 2;
            }
            heap[child] = value;
        } else if (value > heap[0]) {
            replaceSmallest(value);
        }
    }

    private void replaceSmallest(long value) {
        int parent = 0;
        for (int child = 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = value;
    }

    /** A copy of the numbers, in no order. */
    long[] values() {
        return Arrays.copyOf(heap, size);
    }
}
