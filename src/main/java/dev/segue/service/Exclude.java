package dev.segue.service;

import dev.segue.catalog.Tracks;
import dev.segue.recommend.Exclusions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tracks and artists that a request leaves out of its response. They hold for that request alone: a later request must name it again.
 *
 * @param tracks ids, at most {@value #MOST}
 * @param artists names as the catalog writes them, at most {@value #MOST}
 */
public record Exclude(List<Integer> tracks, List<String> artists) {

    /** How many tracks a request may name, and how many artists. */
    public static final int MOST = 1000;

    /** How many characters an artist's name may have. */
    public static final int MOST_CHARACTERS = 1000;

    /** Leaves out nothing. */
    public static final Exclude NONE = new Exclude(List.of(), List.of());

    public Exclude {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }

    /** Whether nothing is named. */
    public boolean isEmpty() {
        return tracks.isEmpty() && artists.isEmpty();
    }

    /** The exclusions within a catalog; null for none. Tracks and artists that the catalog does not have are ignored. */
    @Nullable
    Exclusions of(Tracks catalog) {
        if (isEmpty()) {
            return null;
        }
        var exclusions = new Exclusions(catalog);
        for (int track : tracks) {
            if (catalog.contains(track)) {
                exclusions.addTrack(track);
            }
        }
        artists.forEach(exclusions::addArtist);
        return exclusions.isEmpty() ? null : exclusions;
    }
}
