package dev.segue.service;

import dev.segue.play.Playback;
import java.util.List;

/**
 * The tracks and artists that a request starts from. They apply to that request alone.
 *
 * @param tracks as playbacks in full, at most {@value #MAX_VALUES}
 * @param artists names as the catalog writes them, at most {@value #MAX_VALUES}
 */
public record Seeds(List<Playback> tracks, List<String> artists) {

    /** Maximum number of tracks, and of artists. */
    public static final int MAX_VALUES = Exclude.MAX_VALUES;

    /** No seeds. */
    public static final Seeds NONE = new Seeds(List.of(), List.of());

    public Seeds {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }

    /** Whether there are no seeds. */
    public boolean isEmpty() {
        return tracks.isEmpty() && artists.isEmpty();
    }
}
