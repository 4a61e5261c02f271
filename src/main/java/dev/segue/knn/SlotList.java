package dev.segue.knn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Slots of sessions in the order of the sessions' ends, each with a played share. Sessions are added in nearly this order, so that an
 * insertion moves few entries.
 */
final class SlotList {

    /** The order of sessions by age. */
    @FunctionalInterface
    interface SessionAges {
        boolean isNewer(int slot, int other);
    }

    private int[] slots = new int[2];
    /** Null if all shares are 1. */
    private float @Nullable [] shares;

    private int first;
    private int size;

    int size() {
        return size;
    }

    /** The slot at a place; 0 is the oldest. */
    int slot(int place) {
        return slots[first + place];
    }

    float share(int place) {
        return shares == null ? 1 : shares[first + place];
    }

    /** Inserts a slot at its place in the order. */
    void add(int slot, float share, SessionAges ages) {
        if (first + size == slots.length) {
            compactOrGrow();
        }
        if (shares == null && share != 1) {
            shares = new float[slots.length];
            Arrays.fill(shares, 1);
        }
        int end = first + size;
        int place = end;
        while (place > first && ages.isNewer(slots[place - 1], slot)) {
            place--;
        }
        System.arraycopy(slots, place, slots, place + 1, end - place);
        slots[place] = slot;
        if (shares != null) {
            System.arraycopy(shares, place, shares, place + 1, end - place);
            shares[place] = share;
        }
        size++;
    }

    /** Moves all entries to the start of the arrays; enlarges the arrays if they are more than half full. */
    private void compactOrGrow() {
        int length = 2 * size <= slots.length ? slots.length : slots.length + slots.length / 2 + 1;
        int[] moved = new int[length];
        System.arraycopy(slots, first, moved, 0, size);
        slots = moved;
        if (shares != null) {
            float[] movedShares = new float[length];
            System.arraycopy(shares, first, movedShares, 0, size);
            shares = movedShares;
        }
        first = 0;
    }

    /** Removes the oldest slot and returns it. */
    int removeOldest() {
        size--;
        return slots[first++];
    }
}
