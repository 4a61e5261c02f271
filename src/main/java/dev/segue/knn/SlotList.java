package dev.segue.knn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Slots of sessions in the order of the sessions' ends, each with a listened share. Sessions come nearly in this order, so that one is
 * put at the end, or a few steps before it; the oldest leaves at the beginning.
 */
final class SlotList {

    /** Which of two sessions is newer. */
    @FunctionalInterface
    interface SessionAges {
        boolean newer(int slot, int other);
    }

    private int[] slots = new int[2];
    /** Null as long as all shares are 1. */
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

    /** Puts a slot in its place. */
    void add(int slot, float share, SessionAges ages) {
        if (first + size == slots.length) {
            makeRoom();
        }
        if (shares == null && share != 1) {
            shares = new float[slots.length];
            Arrays.fill(shares, 1);
        }
        int end = first + size;
        int place = end;
        while (place > first && ages.newer(slots[place - 1], slot)) {
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

    /** Moves all to the beginning of the arrays if half of them is free, and of larger arrays otherwise. */
    private void makeRoom() {
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

    /** Takes out the oldest. */
    int removeOldest() {
        size--;
        return slots[first++];
    }
}
