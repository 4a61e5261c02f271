package dev.segue.content;

import java.util.Arrays;

/** Sums of products by row, for the rows that have any. Reusable. */
final class PartialSums {

    private final InvertedIndex index;
    private final float[] sums;
    private int[] rows = new int[1 << 10];
    private int size;

    PartialSums(InvertedIndex index, int rows) {
        this.index = index;
        sums = new float[rows];
    }

    /**
     * Adds a feature's rows.
     *
     * @param weight the feature's weight in the other vector, above 0
     * @param max maximum number of rows that are added
     * @param first if the feature has more rows, the first ones from this row on are added, cyclically
     */
    void add(int feature, float weight, int max, int first) {
        int start = index.start(feature);
        int end = start + index.length(feature);
        if (index.length(feature) <= max) {
            add(start, end, weight);
            return;
        }
        int from = position(start, end, first);
        int beforeEnd = Math.min(max, end - from);
        add(from, from + beforeEnd, weight);
        add(start, start + max - beforeEnd, weight);
    }

    /** The position of the first row that is not below {@code first}. */
    private int position(int start, int end, int first) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (index.row(middle) < first) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void add(int from, int to, float weight) {
        for (int i = from; i < to; i++) {
            int row = index.row(i);
            if (sums[row] == 0) {
                if (size == rows.length) {
                    rows = Arrays.copyOf(rows, 2 * size);
                }
                rows[size++] = row;
            }
            sums[row] += weight * index.weight(i);
        }
    }

    /** The number of rows that have a sum; a row may be counted again after a product of 0. */
    int size() {
        return size;
    }

    /** The i-th row that has a sum. */
    int row(int i) {
        return rows[i];
    }

    float sum(int row) {
        return sums[row];
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            sums[rows[i]] = 0;
        }
        size = 0;
    }
}
