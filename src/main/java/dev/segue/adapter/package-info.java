/**
 * The formats and rules of other services, whose clients report plays and request similar tracks: {@link
 * dev.segue.adapter.ListenReader} reads the listens of ListenBrainz's clients, and {@link dev.segue.adapter.TrackMatcher} finds their tracks
 * in the catalog. The package {@code http} has the endpoints.
 */
@NullMarked
package dev.segue.adapter;

import org.jspecify.annotations.NullMarked;
