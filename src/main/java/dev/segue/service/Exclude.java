package dev.segue.service;

import dev.segue.catalog.Tracks;
import dev.segue.recommend.Exclusions;
import java.util.List;

/**
 * The tracks and artists that a request excludes from its response. They apply to that request alone.
 *
 * @param tracks ids, at most {@value #MAX_VALUES}
 * @param artists names as the catalog writes them, at most {@value #MAX_VALUES}
 */
public record Exclude(List<Integer> tracks, List<String> artists) {

    /** Maximum number of tracks, and of artists. */
    public static final int MAX_VALUES = 1000;

    /** Maximum number of characters of an artist's name. */
    public static final int MAX_CHARACTERS = 1000;

    /** Excludes nothing. */
    public static final Exclude NONE = new Exclude(List.of(), List.of());

    public Exclude {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }

    /** Whether it excludes nothing. */
    public boolean isEmpty() {
        return tracks.isEmpty() && artists.isEmpty();
    }

    /** Adds those tracks and artists that the catalog has. */
    void addTo(Exclusions exclusions, Tracks catalog) {
        for (int track : tracks) {
            if (catalog.contains(track)) {
                exclusions.addTrack(track);
            }
        }
        artists.forEach(exclusions::addArtist);
    }
}
