package dev.segue.adapter;

import dev.segue.catalog.Tracks;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;

/**
 * Finds the tracks of other services' clients in a catalog: by their ids, then by the id that {@code segue import} gives a track without
 * one, then by artist and title without regard to case and spaces. Thread-safe.
 */
public final class TrackMatcher {

    private final Tracks tracks;
    private final NameIndex names;

    /** Indexes the artists and titles of a catalog, which takes about a microsecond a track. */
    public TrackMatcher(Tracks tracks) {
        this.tracks = tracks;
        names = new NameIndex(tracks);
    }

    /** The catalog's tracks. */
    public Tracks tracks() {
        return tracks;
    }

    /** The playback of a listen. A track that the catalog lacks is an unknown one with the id that an import gives it. */
    public Playback playback(Listen listen) {
        for (String id : listen.ids()) {
            int track = TrackIds.find(id);
            if (tracks.contains(track)) {
                return new Playback(track, listen.share());
            }
        }
        int track = names.find(listen.artist(), listen.title());
        return track != TrackIds.NONE ? new Playback(track, listen.share()) : ofId(listen.importedId(), listen.share());
    }

    /** The playback of a track that a client names by its string id. */
    private static Playback ofId(String id, double share) {
        int track = TrackIds.find(id);
        return new Playback(track, share, track == TrackIds.UNKNOWN ? id : null);
    }
}
