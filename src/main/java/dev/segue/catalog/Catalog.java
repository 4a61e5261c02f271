package dev.segue.catalog;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The data that a server serves, immutable. A catalog is loaded and replaced as a whole, so a request uses one
 * generation from start to end. Catalogs are compared by {@link #generation} instead of equals.
 *
 * @param generation a fingerprint of the files' contents, 8 hexadecimal digits: equal on servers with the same files,
 *     gzipped or not
 * @param tracks all playable tracks
 * @param neighbours the neighbours of tracks from the track catalog, the nearest first; a track may have no row
 * @param treatmentNeighbours the neighbours from the catalog of another model; empty if there is none
 * @param topTracks the most popular tracks, the most popular first; must not be modified
 * @param listenerLists recommended tracks by the key of the listener's id, the best first
 * @param counts the sizes of these data
 * @param warnings messages about data in the files that is not served, one line each
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
     * Loads the files in parallel, each on several cores.
     *
     * @throws FileException if a file is missing or damaged; the message names the file, the line and a remedy
     */
    public static Catalog load(CatalogFiles files) {
        return load(files, track -> true);
    }

    /** Loads the files as if they contained only some of their tracks; references to other tracks are not served. */
    public static Catalog load(CatalogFiles files, IntPredicate known) {
        return CatalogLoader.load(files, known, Runtime.getRuntime().availableProcessors(), RowCache.NONE);
    }

    /**
     * Loads the files.
     *
     * @param threads number of cores that parse, above 0; 1 while others handle requests
     * @param cache of the rows of files that were parsed before
     * @throws FileException like {@link #load(CatalogFiles)}
     */
    public static Catalog load(CatalogFiles files, int threads, RowCache cache) {
        return CatalogLoader.load(files, track -> true, threads, cache);
    }
}
