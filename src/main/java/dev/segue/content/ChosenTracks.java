package dev.segue.content;

import java.util.Arrays;

/**
 * Chooses the best candidates of a track, with a limit per artist. A candidate is a {@code long}, its entry: the high half is its score as
 * a sortable integer, the low half the complement of its distance from the track in the file, so that a larger entry is a better
 * candidate. With equal scores, the tracks that follow the track in the file come first, cyclically; always the same tracks would
 * be the neighbours of all otherwise. Reusable.
 */
final class ChosenTracks {

    private final FeatureVectors vectors;
    private final int maxPerArtist;
    private final long[] entries;
    private final int[] byArtist;
    private int size;
    private int query;
    private boolean isExact;

    /** @param maxPerArtist 0 for no limit */
    ChosenTracks(FeatureVectors vectors, int count, int maxPerArtist) {
        this.vectors = vectors;
        this.maxPerArtist = maxPerArtist;
        entries = new long[count];
        byArtist = new int[maxPerArtist == 0 ? 0 : vectors.features()];
    }

    /** Starts with another track. */
    void startOf(int row) {
        query = row;
    }

    /** The entry of a row with a score. */
    long entry(float score, int row) {
        int bits = Float.floatToIntBits(score);
        int sortable = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        int distance = Math.floorMod(row - query - 1, vectors.rows());
        return (long) sortable << Integer.SIZE | (~distance & 0xFFFFFFFFL);
    }

    /** The row of an entry. */
    int rowOf(long entry) {
        return (int) ((query + 1L + ~(int) entry) % vectors.rows());
    }

    /** The score of an entry. */
    float scoreOf(long entry) {
        int sortable = (int) (entry >> Integer.SIZE);
        return Float.intBitsToFloat(sortable ^ ((sortable >> 31) & Integer.MAX_VALUE));
    }

    /**
     * Chooses the best ones with a score above 0.
     *
     * @param candidates entries in any order, with or without repetitions; sorted by this method
     */
    void choose(long[] candidates) {
        Arrays.sort(candidates);
        size = 0;
        for (int i = candidates.length - 1; i >= 0 && size < entries.length && scoreOf(candidates[i]) > 0; i--) {
            boolean isRepeated = i + 1 < candidates.length && candidates[i] == candidates[i + 1];
            if (!isRepeated && isBelowLimit(vectors.artist(rowOf(candidates[i])))) {
                entries[size++] = candidates[i];
            }
        }
        clearArtists();
    }

    private boolean isBelowLimit(int artist) {
        return maxPerArtist == 0 || artist == TrackContent.NONE || ++byArtist[artist] <= maxPerArtist;
    }

    private void clearArtists() {
        if (maxPerArtist > 0) {
            for (int i = 0; i < size; i++) {
                int artist = vectors.artist(row(i));
                if (artist != TrackContent.NONE) {
                    byArtist[artist] = 0;
                }
            }
        }
    }

    /** Sets an upper bound of the scores of tracks that were not among the candidates. */
    void setUnseenBound(double bound, float tolerance) {
        isExact = bound <= (isFull() ? score(size - 1) : 0) + tolerance;
    }

    /** Whether no track outside the list has a larger score than the list's last track, beyond the tolerance. */
    boolean isExact() {
        return isExact;
    }

    /** Whether as many tracks as possible are chosen. */
    boolean isFull() {
        return size == entries.length;
    }

    /** The number of tracks that are chosen. */
    int size() {
        return size;
    }

    /** The i-th best row. */
    int row(int i) {
        return rowOf(entries[i]);
    }

    /** The score of the i-th best row. */
    float score(int i) {
        return scoreOf(entries[i]);
    }
}
