package dev.segue.catalog;

import java.util.BitSet;

/** A set of tracks of a catalog, as a bit for each row. Immutable. */
public final class TrackSet {

    private final Tracks tracks;
    private final BitSet rows;
    private final int size;

    TrackSet(Tracks tracks, BitSet rows) {
        this.tracks = tracks;
        this.rows = rows;
        size = rows.cardinality();
    }

    /** The tracks of a catalog among some ids. */
    public static TrackSet of(Tracks tracks, Iterable<Integer> ids) {
        var rows = new BitSet(tracks.size());
        for (int id : ids) {
            int row = tracks.row(id);
            if (row >= 0) {
                rows.set(row);
            }
        }
        return new TrackSet(tracks, rows);
    }

    /** The number of tracks. */
    public int size() {
        return size;
    }

    /** Whether a track is in the set. */
    public boolean contains(int track) {
        int row = tracks.row(track);
        return row >= 0 && rows.get(row);
    }

    /** The tracks of this set and of another one of the same catalog. */
    public TrackSet union(TrackSet other) {
        var union = (BitSet) rows.clone();
        union.or(other.rows);
        return new TrackSet(tracks, union);
    }
}
