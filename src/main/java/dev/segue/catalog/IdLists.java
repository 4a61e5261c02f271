package dev.segue.catalog;

/**
 * A list of int ids for each of many keys (a track's neighbours, a listener's tracks), immutable and flat: two arrays,
 * however many lists. A caller looks a key's row up once and then reads by row; neither allocates.
 */
public final class IdLists {

    /** No lists at all. */
    public static final IdLists EMPTY = new IdLists(new KeyIndex(), new int[1], new int[0]);

    private final KeyIndex keys;
    private final int[] offsets;
    private final int[] ids;
    private final float[] scores;

    /** The ids may be followed by room that no list has. */
    IdLists(KeyIndex keys, int[] offsets, int[] ids) {
        this(keys, offsets, ids, new float[0]);
    }

    /** @param scores a score for each id, or none */
    IdLists(KeyIndex keys, int[] offsets, int[] ids, float[] scores) {
        this.keys = keys;
        this.offsets = offsets;
        this.ids = ids;
        this.scores = scores;
    }

    /**
     * Lists from flat arrays, which are not copied: keys[row] has ids[offsets[row]] to ids[offsets[row + 1] - 1].
     *
     * @throws IllegalArgumentException if a key comes twice or the offsets do not divide the ids
     */
    public static IdLists of(long[] keys, int[] offsets, int[] ids) {
        if (offsets.length != keys.length + 1 || offsets[0] != 0 || offsets[keys.length] != ids.length) {
            throw new IllegalArgumentException("offsets must run from 0 to the number of ids, one more than keys");
        }
        var index = new KeyIndex();
        for (int row = 0; row < keys.length; row++) {
            if (index.add(keys[row]) < 0) {
                throw new IllegalArgumentException("key " + keys[row] + " comes twice");
            }
            if (offsets[row] > offsets[row + 1]) {
                throw new IllegalArgumentException("offsets must not fall, row " + row + " does");
            }
        }
        return new IdLists(index, offsets, ids);
    }

    /** The row of a key's list, or -1 where the key has none. A list may be empty. */
    public int row(long key) {
        return keys.row(key);
    }

    /** The key of a row. */
    public long keyAt(int row) {
        return keys.keyAt(row);
    }

    /** How many lists there are; rows run from 0 to one less. */
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

    /** The score of a row's i-th id, where ids {@link #hasScores have scores}. */
    public float score(int row, int i) {
        return scores[offsets[row] + i];
    }

    /** The sum of all lengths. */
    public int totalIds() {
        return offsets[offsets.length - 1];
    }
}
