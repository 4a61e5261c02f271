/**
 * The tracks that can be played, and their neighbours. Start with {@link dev.segue.catalog.Catalog}, which is what a server serves
 * from; {@link dev.segue.catalog.CatalogLoader} shows how it comes from files, {@link dev.segue.catalog.TrackCatalogWriter}
 * and {@link dev.segue.matrix.NpyFile} write such files.
 */
@NullMarked
package dev.segue.catalog;

import org.jspecify.annotations.NullMarked;
