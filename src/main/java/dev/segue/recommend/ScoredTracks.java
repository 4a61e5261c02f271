package dev.segue.recommend;

import java.util.Arrays;

/**
 * Distinct tracks with their scores, best first.
 *
 * @param tracks track ids
 * @param scores each track's score, in descending order
 */
@SuppressWarnings("ArrayRecordComponent") // made and read in one place
record ScoredTracks(int[] tracks, double[] scores) {

    static final ScoredTracks NONE = new ScoredTracks(new int[0], new double[0]);

    int size() {
        return tracks.length;
    }

    /**
     * The candidates with the highest scores, best first; ties keep the order of the candidates.
     *
     * @param count maximum number of tracks
     */
    static ScoredTracks best(int[] candidates, double[] scores, int count) {
        if (candidates.length == 0) {
            return NONE;
        }
        if (count == 1) {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return new ScoredTracks(new int[] {candidates[best]}, new double[] {scores[best]});
        }
        int[] order = order(scores, Math.min(count, candidates.length));
        return new ScoredTracks(
                Arrays.stream(order).map(i -> candidates[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> scores[i]).toArray());
    }

    /** The indices of the highest scores. Sorts 64-bit keys: the bits of the negated score as a sortable integer, then the index. */
    private static int[] order(double[] scores, int count) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits((float) -scores[i]);
            keys[i] = ((long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << Integer.SIZE) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys, 0, count).mapToInt(key -> (int) key).toArray();
    }
}
