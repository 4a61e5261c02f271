/**
 * Neighbours of tracks by their content: tags, genres, artist, album and year from the track file, and embeddings of the audio that the
 * user brings. Needs no log. Start with {@link dev.segue.content.ContentSearch}, which finds the neighbours; {@link
 * dev.segue.content.FeatureVectors} defines the similarity, {@link dev.segue.content.ContentReader} reads the track file, and {@link
 * dev.segue.content.ContentCatalog} writes the catalog that a server loads.
 */
@NullMarked
package dev.segue.content;

import org.jspecify.annotations.NullMarked;
