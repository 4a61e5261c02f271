package dev.segue.http;

import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import dev.segue.service.EverythingExcludedException;
import dev.segue.service.Exclude;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.Seeds;
import java.util.List;

/**
 * The tracks that the recommender of a listener's arm chooses after a track, or for an artist. The listener's history is neither
 * used nor changed, and nothing is logged.
 */
final class SimilarRecommendations {

    private final NextTrackService service;

    SimilarRecommendations(NextTrackService service) {
        this.service = service;
    }

    /** The generation in service. */
    Generation generation() {
        return service.generation();
    }

    /** The tracks after a session of one track, the best first. */
    List<Integer> ofTrack(Generation served, ListenerId listener, int track, int count) {
        var playback = new Playback(track, 1);
        var exclude = new Exclude(List.of(track), List.of());
        return tracks(served, NextTrackQuery.ofSession(listener, List.of(playback), count, exclude, Seeds.NONE));
    }

    /** The tracks for a session that starts from an artist, the best first. */
    List<Integer> ofArtist(Generation served, ListenerId listener, String artist, int count) {
        var seeds = new Seeds(List.of(), List.of(artist));
        return tracks(served, NextTrackQuery.ofSession(listener, List.of(), count, Exclude.NONE, seeds));
    }

    private List<Integer> tracks(Generation served, NextTrackQuery query) {
        try {
            return service.next(served, query, System.nanoTime()).event().recommendations();
        } catch (EverythingExcludedException onlyTrack) {
            return List.of();
        }
    }
}
