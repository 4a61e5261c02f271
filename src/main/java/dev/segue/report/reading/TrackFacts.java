package dev.segue.report.reading;

import java.util.function.IntUnaryOperator;

/**
 * The facts on tracks that a report needs.
 *
 * @param tracks the number of tracks in the catalog; 0 if there is no catalog
 * @param trackAt the track in each row from 0 to tracks − 1
 * @param artistOf the number of the artist of each track; −1 if the artist is unknown
 */
public record TrackFacts(int tracks, IntUnaryOperator trackAt, IntUnaryOperator artistOf) {

    /** No catalog: metrics that need a catalog are left out. */
    public static final TrackFacts NONE = new TrackFacts(0, row -> row, track -> -1);

    public boolean areKnown() {
        return tracks > 0;
    }

    /** The number of the artist. Each track of an unknown artist has an artist of its own. */
    int artist(int track) {
        int artist = artistOf.applyAsInt(track);
        return artist >= 0 ? artist : -2 - track;
    }
}
