package dev.segue.service;

import dev.segue.catalog.TrackSet;
import dev.segue.catalog.Tracks;
import dev.segue.recommend.Exclusions;
import dev.segue.recommend.RuleEffect;
import dev.segue.state.ListenerFeedback;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of the served catalog that a query names or accepts. It is made before the listener's memory is locked.
 *
 * @param exclusions the tracks and artists that must not be recommended; null for none
 * @param seeds the tracks that the seeds stand for; null without seeds
 * @param feedback the listener's feedback
 * @param effects what the request and the feedback exclude, if the query has {@code explain}
 * @param accepted the number of tracks that the filter accepts; {@link Explanation#NO_FILTER} without a filter
 */
record Selection(
        @Nullable Exclusions exclusions,
        @Nullable SeedTracks seeds,
        ListenerFeedback feedback,
        List<RuleEffect> effects,
        int accepted) {

    /** Selects nothing. */
    static final Selection NONE = new Selection(null, null, ListenerFeedback.NONE, List.of(), Explanation.NO_FILTER);

    /**
     * The tracks that a query names or accepts.
     *
     * @param now time of the request, in ms since 1970
     * @throws EverythingExcludedException if no track is left
     * @throws UnknownSeedsException if the query has seeds, and the catalog none of them
     */
    static Selection of(Generation served, NextTrackQuery query, Restrictions restrictions, long now) {
        Tracks tracks = served.catalog().tracks();
        ListenerFeedback feedback = restrictions.feedback(query.user().key());
        TrackSet rejected = query.filter().isEmpty() ? null : tracks.rejected(query.filter());
        TrackSet unavailable = restrictions.unavailable(tracks, rejected);
        if (unavailable == null
                && feedback.isEmpty()
                && query.exclude().isEmpty()
                && query.seeds().isEmpty()) {
            return NONE; // nearly all requests
        }
        var exclusions = new Exclusions(tracks, unavailable);
        query.exclude().addTo(exclusions, tracks);
        exclude(feedback, now, exclusions);
        int accepted = rejected == null ? Explanation.NO_FILTER : tracks.size() - rejected.size();
        if (!exclusions.isEmpty() && exclusions.coverCatalog()) {
            throw new EverythingExcludedException(tracks.size(), query, accepted);
        }
        SeedTracks seeds = SeedTracks.of(query.seeds(), served.catalog());
        return new Selection(
                exclusions.isEmpty() ? null : exclusions,
                seeds,
                feedback,
                query.explain() ? effects(query, feedback, tracks, now) : List.of(),
                accepted);
    }

    private static void exclude(ListenerFeedback feedback, long now, Exclusions exclusions) {
        feedback.tracks().forEach((track, given) -> {
            if (given.excludes(now)) {
                exclusions.addTrack(track);
            }
        });
        feedback.artists().forEach((artist, given) -> {
            if (given.excludes(now)) {
                exclusions.addArtist(artist);
            }
        });
    }

    private static List<RuleEffect> effects(NextTrackQuery query, ListenerFeedback feedback, Tracks tracks, long now) {
        List<RuleEffect> effects = new ArrayList<>(2);
        var ofRequest = new Exclusions(tracks);
        query.exclude().addTo(ofRequest, tracks);
        if (!ofRequest.isEmpty()) {
            effects.add(ofRequest.effect(RuleEffect.REQUEST));
        }
        var ofFeedback = new Exclusions(tracks);
        exclude(feedback, now, ofFeedback);
        if (!ofFeedback.isEmpty()) {
            effects.add(ofFeedback.effect(RuleEffect.FEEDBACK));
        }
        return effects;
    }
}
