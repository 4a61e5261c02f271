package dev.segue.id;

import java.util.stream.IntStream;

/** Numbers tracks 0, 1, 2, … without gaps, as the rows of a catalog or of a model's matrices. Immutable. */
public final class TrackRows {

    private final KeyIndex index;

    private TrackRows(KeyIndex index) {
        this.index = index;
    }

    /** The tracks 0 to size - 1, each in the row of its id. */
    public static TrackRows identity(int size) {
        return new TrackRows(KeyIndex.identity(size));
    }

    /**
     * The tracks of the rows.
     *
     * @throws IllegalArgumentException if a track is repeated
     */
    public static TrackRows of(IntStream tracks) {
        var index = new KeyIndex();
        tracks.forEachOrdered(track -> {
            if (index.add(track) < 0) {
                throw new IllegalArgumentException("track " + TrackIds.text(track) + " is repeated");
            }
        });
        return new TrackRows(index);
    }

    /** The tracks that are the keys of an index; the index must not change any more. */
    public static TrackRows of(KeyIndex index) {
        return new TrackRows(index);
    }

    /** The number of rows. */
    public int size() {
        return index.size();
    }

    /** The row of a track, or -1. */
    public int row(int track) {
        return index.row(track);
    }

    /** The track of a row from 0 to {@link #size} - 1. */
    public int track(int row) {
        return (int) index.keyAt(row);
    }

    /** Whether each track is in the row of its id. */
    public boolean isIdentity() {
        return index.isIdentity();
    }
}
