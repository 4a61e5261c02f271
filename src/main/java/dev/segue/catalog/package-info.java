/**
 * The playable tracks and their neighbours. Start with {@link dev.segue.catalog.Catalog}, the data that a server serves. {@link
 * dev.segue.catalog.CatalogLoader} loads it from files; {@link dev.segue.catalog.TrackCatalogWriter} and {@link
 * dev.segue.matrix.NpyFile} write such files.
 */
@NullMarked
package dev.segue.catalog;

import org.jspecify.annotations.NullMarked;
