/**
 * What can be played, and what resembles what. Start with {@link dev.segue.catalog.NpyFile} for matrices and
 * {@link dev.segue.catalog.TrackCatalogWriter} for track catalogs.
 */
@NullMarked
package dev.segue.catalog;

import org.jspecify.annotations.NullMarked;
