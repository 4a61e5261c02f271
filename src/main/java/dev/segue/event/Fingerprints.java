package dev.segue.event;

import java.util.Arrays;

/**
 * The latest fingerprints of events, in bounded memory: two primitive hash tables with open addressing. When the
 * current table is half full, it replaces the previous one, whose fingerprints are dropped. So a fingerprint is kept
 * for at least as many others as half a table holds.
 */
final class Fingerprints {

    private static final int INITIAL_SLOTS = 1 << 10;

    private final int maxSlots;
    private long[] current = new long[INITIAL_SLOTS];
    private long[] previous = new long[0];
    private int size;

    /** @param capacity minimum number of fingerprints to keep */
    Fingerprints(long capacity) {
        int slots = INITIAL_SLOTS;
        while (slots < 1 << 29 && slots / 2 < capacity) {
            slots *= 2;
        }
        maxSlots = slots;
    }

    /** Adds a fingerprint; returns whether it is new. */
    boolean add(long fingerprint) {
        long stored = fingerprint == 0 ? 1 : fingerprint; // 0 is an empty slot
        if (previous.length > 0 && previous[slot(previous, stored)] == stored) {
            return false;
        }
        int slot = slot(current, stored);
        if (current[slot] == stored) {
            return false;
        }
        current[slot] = stored;
        size++;
        if (size > current.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        if (current.length == maxSlots) {
            long[] oldest = previous.length == maxSlots ? previous : new long[maxSlots];
            previous = current;
            Arrays.fill(oldest, 0);
            current = oldest;
            size = 0;
            return;
        }
        long[] larger = new long[2 * current.length];
        for (long stored : current) {
            if (stored != 0) {
                larger[slot(larger, stored)] = stored;
            }
        }
        current = larger;
    }

    /** The slot of the fingerprint, or the free slot where it belongs. */
    private static int slot(long[] table, long stored) {
        int slot = (int) stored & (table.length - 1);
        while (table[slot] != 0 && table[slot] != stored) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
