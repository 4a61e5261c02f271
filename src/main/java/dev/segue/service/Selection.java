package dev.segue.service;

import dev.segue.catalog.Tracks;
import dev.segue.recommend.Exclusions;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of the served catalog that a query names. It is made before the listener's memory is locked.
 *
 * @param exclusions the excluded tracks and artists; null for none
 * @param seeds the tracks that the seeds stand for; null without seeds
 */
record Selection(@Nullable Exclusions exclusions, @Nullable SeedTracks seeds) {

    /** Selects nothing. */
    static final Selection NONE = new Selection(null, null);

    /**
     * The tracks that a query names.
     *
     * @throws EverythingExcludedException if the query excludes all tracks
     * @throws UnknownSeedsException if the query has seeds, and the catalog none of them
     */
    static Selection of(Generation served, NextTrackQuery query) {
        Tracks tracks = served.catalog().tracks();
        Exclusions exclusions = query.exclude().of(tracks);
        if (exclusions != null && exclusions.coverCatalog()) {
            throw new EverythingExcludedException(tracks.size());
        }
        SeedTracks seeds = SeedTracks.of(query.seeds(), served.catalog());
        return exclusions == null && seeds == null ? NONE : new Selection(exclusions, seeds);
    }
}
