package dev.segue.content;

import java.util.Arrays;

/**
 * The content of the tracks of a file, one row per row of the file. Features are numbered from 0.
 *
 * @param kinds the kind of each feature
 * @param offsets row r has the features from offsets[r] to offsets[r + 1] − 1; rows + 1 values
 * @param features the distinct features of each row in ascending order
 * @param years the year of each row, 1000 to 2999, or {@link #NONE}
 * @param artists the feature of each row's artist, or {@link #NONE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrackContent(FeatureKind[] kinds, int[] offsets, int[] features, int[] years, int[] artists) {

    /** Stands for an unknown year or artist. */
    public static final int NONE = -1;

    /** The number of rows. */
    public int rows() {
        return years.length;
    }

    /** The number of rows with each feature. */
    int[] frequencies() {
        int[] frequencies = new int[kinds.length];
        Arrays.stream(features).forEach(feature -> frequencies[feature]++);
        return frequencies;
    }
}
