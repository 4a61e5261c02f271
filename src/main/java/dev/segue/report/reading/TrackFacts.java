package dev.segue.report.reading;

import java.util.function.IntUnaryOperator;

/**
 * The facts on tracks that a report needs.
 *
 * @param tracks how many the catalog has; 0 if it is not known
 * @param trackAt the track of each row from 0 to tracks − 1
 * @param artistOf a number for each track, equal for tracks of the same artist; −1 where the artist is not known
 */
public record TrackFacts(int tracks, IntUnaryOperator trackAt, IntUnaryOperator artistOf) {

    /** Nothing is known: metrics of artists and of the catalog are left out. */
    public static final TrackFacts NONE = new TrackFacts(0, row -> row, track -> -1);

    public boolean areKnown() {
        return tracks > 0;
    }

    /** A track of unknown artist is by an artist of its own. */
    int artist(int track) {
        int artist = artistOf.applyAsInt(track);
        return artist >= 0 ? artist : -2 - track;
    }
}
