package dev.segue.catalog;

import dev.segue.id.KeyIndex;

/**
 * Lists of int ids by key (a track's neighbours, a listener's tracks), immutable and stored in two flat arrays. A
 * caller looks up a key's row once and then reads by row; neither step allocates.
 */
public final class IdLists {

    /** An instance without lists. */
    public static final IdLists EMPTY = new IdLists(new KeyIndex(), new int[1], new int[0]);

    private final KeyIndex keys;
    private final int[] offsets;
    private final int[] ids;
    private final float[] scores;

    /** The array of ids may be longer than the lists. */
    IdLists(KeyIndex keys, int[] offsets, int[] ids) {
        this(keys, offsets, ids, new float[0]);
    }

    /** @param scores a score for each id; empty if there are none */
    IdLists(KeyIndex keys, int[] offsets, int[] ids, float[] scores) {
        this.keys = keys;
        this.offsets = offsets;
        this.ids = ids;
        this.scores = scores;
    }

    /**
     * Creates lists from flat arrays, which are not copied: keys[row] has ids[offsets[row]] to ids[offsets[row + 1] -
     * 1].
     *
     * @throws IllegalArgumentException if a key is repeated or the offsets do not partition the ids
     */
    public static IdLists of(long[] keys, int[] offsets, int[] ids) {
        if (offsets.length != keys.length + 1 || offsets[0] != 0 || offsets[keys.length] != ids.length) {
            throw new IllegalArgumentException("offsets must run from 0 to the number of ids, one more than keys");
        }
        var index = new KeyIndex();
        for (int row = 0; row < keys.length; row++) {
            if (index.add(keys[row]) < 0) {
                throw new IllegalArgumentException("key " + keys[row] + " is repeated");
            }
            if (offsets[row] > offsets[row + 1]) {
                throw new IllegalArgumentException("offsets must not decrease, row " + row + " does");
            }
        }
        return new IdLists(index, offsets, ids);
    }

    /** The row of a key's list, or -1 if the key has none. A list may be empty. */
    public int row(long key) {
        return keys.row(key);
    }

    /** The key of a row. */
    public long keyAt(int row) {
        return keys.keyAt(row);
    }

    /** Number of lists; rows are numbered from 0. */
    public int rows() {
        return offsets.length - 1;
    }

    /** The length of a row's list. */
    public int size(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** A row's i-th id, from 0 to {@link #size} - 1; not checked against the end of the list. */
    public int get(int row, int i) {
        return ids[offsets[row] + i];
    }

    /** Whether the ids have scores. */
    public boolean hasScores() {
        return scores.length > 0;
    }

    /** The score of a row's i-th id; only if {@link #hasScores}. */
    public float score(int row, int i) {
        return scores[offsets[row] + i];
    }

    /** The sum of all lengths. */
    public int totalIds() {
        return offsets[offsets.length - 1];
    }
}
