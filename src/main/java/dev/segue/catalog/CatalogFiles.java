package dev.segue.catalog;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a catalog, each plain or gzipped. Error messages refer to a file by its setting: the component's name in
 * upper case.
 *
 * @param tracksCatalog tracks with their neighbours, as JSON lines or as a .npy matrix of int32
 * @param tracksCatalogNn the same tracks with neighbours from another model
 * @param tracksMetadata JSON lines with artist and title, which take precedence over those of the catalogs
 * @param topTracks a JSON array of track ids, the most popular first
 * @param recommendations listener lists as JSON lines
 */
public record CatalogFiles(
        Path tracksCatalog,
        @Nullable Path tracksCatalogNn,
        @Nullable Path tracksMetadata,
        @Nullable Path topTracks,
        @Nullable Path recommendations) {

    /** A catalog of one file. */
    public static CatalogFiles of(Path tracksCatalog) {
        return new CatalogFiles(tracksCatalog, null, null, null, null);
    }
}
