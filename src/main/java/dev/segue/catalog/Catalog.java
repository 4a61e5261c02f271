package dev.segue.catalog;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * All that a server serves from, immutable: it is loaded whole and swapped whole, so a request sees one generation from
 * start to end. Catalogs are compared by {@link #generation}, not by equals.
 *
 * @param generation a fingerprint of the files' contents, 8 hexadecimal digits: servers with the same files agree on it,
 *     gzipped or not
 * @param tracks everything that can be played
 * @param neighbours a track's neighbours from the track catalog, the nearest first; may lack a row for a track
 * @param treatmentNeighbours the same from the catalog of another model; empty when there is none
 * @param topTracks the most popular tracks, the first first; not to be changed
 * @param listenerLists tracks for a listener, by the key of the listener's id, the best first
 * @param counts how much of each there is
 * @param warnings what the files have that is not served, one line each
 */
@SuppressWarnings("ArrayRecordComponent") // see above for equality
public record Catalog(
        String generation,
        Tracks tracks,
        IdLists neighbours,
        IdLists treatmentNeighbours,
        int[] topTracks,
        IdLists listenerLists,
        CatalogCounts counts,
        List<String> warnings) {

    /**
     * Loads the files, several at a time and each on several cores.
     *
     * @throws FileException if a file is missing or damaged; the message has the file, the line and a remedy
     */
    public static Catalog load(CatalogFiles files) {
        return load(files, track -> true);
    }

    /** The same as if the files knew only some of their tracks; what names others is not served. */
    public static Catalog load(CatalogFiles files, IntPredicate known) {
        return CatalogLoader.load(files, known);
    }
}
