package dev.segue.event;

import java.util.Arrays;

/**
 * The latest fingerprints of events, in bounded memory: a primitive hash table with open addressing, and the one before it. When
 * the table is half full, it takes the place of the one before, which is forgotten. So a fingerprint is known for at least as
 * many others as half a table holds.
 */
final class Fingerprints {

    private static final int FIRST_SLOTS = 1 << 10;

    private final int mostSlots;
    private long[] current = new long[FIRST_SLOTS];
    private long[] before = new long[0];
    private int size;

    /** @param most how many are remembered at least */
    Fingerprints(long most) {
        int slots = FIRST_SLOTS;
        while (slots < 1 << 29 && slots / 2 < most) {
            slots *= 2;
        }
        mostSlots = slots;
    }

    /** Whether the fingerprint is new; it is known afterwards. */
    boolean add(long fingerprint) {
        long stored = fingerprint == 0 ? 1 : fingerprint; // 0 is an empty slot
        if (before.length > 0 && before[slot(before, stored)] == stored) {
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
        if (current.length == mostSlots) {
            long[] oldest = before.length == mostSlots ? before : new long[mostSlots];
            before = current;
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

    /** Where the fingerprint is, or the empty slot where it would be put. */
    private static int slot(long[] table, long stored) {
        int slot = (int) stored & (table.length - 1);
        while (table[slot] != 0 && table[slot] != stored) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
