package dev.segue.report.reading;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A set of ints other than {@code Integer.MIN_VALUE}, by open addressing in one array. Boxed numbers take
 * ten times the memory.
 */
final class IntSet {

    /** Marks an empty slot. Tracks and artists do not have this number. */
    private static final int EMPTY = Integer.MIN_VALUE;

    private int[] slots = {};
    private int size;

    void add(int value) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        int slot = slot(value);
        if (slots[slot] == EMPTY) {
            slots[slot] = value;
            size++;
        }
    }

    private void grow() {
        int[] old = slots;
        slots = new int[Math.max(16, 2 * old.length)];
        Arrays.fill(slots, EMPTY);
        for (int value : old) {
            if (value != EMPTY) {
                slots[slot(value)] = value;
            }
        }
    }

    private int slot(int value) {
        int slot = ((value * 0x9e3779b9) >>> 7) & (slots.length - 1);
        while (slots[slot] != EMPTY && slots[slot] != value) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    int size() {
        return size;
    }

    /** The number of ints in memory. */
    int room() {
        return slots.length;
    }

    void forEach(IntConsumer reader) {
        for (int value : slots) {
            if (value != EMPTY) {
                reader.accept(value);
            }
        }
    }

    void addAll(IntSet other) {
        other.forEach(this::add);
    }
}
