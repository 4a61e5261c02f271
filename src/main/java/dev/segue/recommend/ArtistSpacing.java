package dev.segue.recommend;

import dev.segue.catalog.Tracks;

/**
 * Leaves out artists that were played a moment ago, or often enough in the session.
 *
 * @param tracks have the artists
 * @param gap how many tracks by others lie between two of an artist, at least; 0 for none
 * @param most how many tracks of an artist a session has, at most; ≥ 1
 */
public record ArtistSpacing(Tracks tracks, int gap, int most) implements SessionRule {

    public ArtistSpacing {
        if (gap < 0 || most < 1) {
            throw new IllegalArgumentException(
                    "artist spacing: gap " + gap + " is negative, or most " + most + " below 1");
        }
    }

    @Override
    public String name() {
        return "artist-spacing";
    }

    @Override
    public void apply(NextTrackRequest request, Exclusions exclusions) {
        var history = request.history();
        for (int back = 0; back < history.size(); back++) {
            int track = history.track(back);
            if (back < gap || playsOf(request, tracks.artistRow(track)) >= most) {
                exclusions.addArtistOf(track);
            }
        }
    }

    /** How often the session has had an artist; 0 for an unknown one. */
    private int playsOf(NextTrackRequest request, int artist) {
        int plays = 0;
        for (int back = 0; artist >= 0 && back < request.history().size(); back++) {
            plays += tracks.artistRow(request.history().track(back)) == artist ? 1 : 0;
        }
        return plays;
    }
}
