package dev.segue.recommend;

import dev.segue.catalog.Tracks;

/**
 * Excludes the artists of the last plays and the artists that have reached their maximum of plays in the session. Seeds of a request are
 * no plays.
 *
 * @param tracks the catalog's tracks with their artists
 * @param gap minimum number of tracks by other artists between two tracks of an artist; ≥ 0
 * @param maxPlays maximum number of plays of an artist in a session; ≥ 1
 */
public record ArtistSpacing(Tracks tracks, int gap, int maxPlays) implements SessionRule {

    public ArtistSpacing {
        if (gap < 0 || maxPlays < 1) {
            throw new IllegalArgumentException(
                    "artist spacing: gap must be at least 0, is " + gap + "; most must be at least 1, is " + maxPlays);
        }
    }

    @Override
    public String name() {
        return "artist-spacing";
    }

    @Override
    public void apply(NextTrackRequest request, Exclusions exclusions) {
        var history = request.history();
        for (int back = 0; back < plays(request); back++) {
            int track = history.track(back);
            if (back < gap || playsOf(request, tracks.artistRow(track)) >= maxPlays) {
                exclusions.addArtistOf(track);
            }
        }
    }

    private static int plays(NextTrackRequest request) {
        return request.history().size() - request.history().seeds();
    }

    /** The number of plays of an artist in the session; 0 for an unknown artist. */
    private int playsOf(NextTrackRequest request, int artist) {
        int plays = 0;
        for (int back = 0; artist >= 0 && back < plays(request); back++) {
            plays += tracks.artistRow(request.history().track(back)) == artist ? 1 : 0;
        }
        return plays;
    }
}
