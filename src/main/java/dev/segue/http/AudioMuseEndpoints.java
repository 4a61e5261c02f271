package dev.segue.http;

import dev.segue.adapter.SimilarTracks;
import dev.segue.event.EventLog;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of AudioMuse-AI by which the plugins of music servers build mixes. Parameters that Segue does not use are ignored. Errors are
 * problem documents that also have AudioMuse-AI's member {@code error}.
 */
final class AudioMuseEndpoints {

    private static final int DEFAULT_COUNT = 10;

    /** The listener of requests without one: plugins do not send the listener. */
    private static final String DEFAULT_LISTENER = "audiomuse";

    private final SimilarRecommendations similar;
    private final EventLog log;
    private final WorkQueue recommenders;

    /** @param recommenders the queue of slow recommenders */
    AudioMuseEndpoints(SimilarRecommendations similar, EventLog log, WorkQueue recommenders) {
        this.similar = similar;
        this.log = log;
        this.recommenders = recommenders;
    }

    List<Endpoint> all() {
        return List.of(new Tracks(), new Artists());
    }

    private final class Tracks extends Endpoint {
        Tracks() {
            super("/api/similar_tracks");
            onSafeGet(refusing(this::handle));
        }

        private void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String id = parameter(request, "item_id");
            if (id == null) {
                throw Problem.badRequest("the parameter item_id is missing: the id of a track")
                        .asException();
            }
            ListenerId listener = listener(request);
            int count = count(request);
            Generation served = similar.generation();
            var tracks = new SimilarTracks(served.catalog());
            int track = tracks.find(id);
            if (track == TrackIds.NONE) {
                throw Problem.of(404, "the catalog has no track with this item_id")
                        .asException();
            }
            send(request, response, served, () -> tracks.distances(similar.ofTrack(served, listener, track, count)));
        }
    }

    private final class Artists extends Endpoint {
        Artists() {
            super("/api/similar_artists");
            onSafeGet(refusing(this::handle));
        }

        private void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = parameter(request, "artist");
            String artist = name == null ? parameter(request, "artist_id") : name;
            if (artist == null) {
                throw Problem.badRequest("the parameter artist is missing: a name as in the catalog")
                        .asException();
            }
            ListenerId listener = listener(request);
            int count = count(request);
            boolean withSongs = "true".equals(parameter(request, "include_component_matches"));
            Generation served = similar.generation();
            var tracks = new SimilarTracks(served.catalog());
            if (!tracks.isArtist(artist)) {
                throw Problem.of(404, "the catalog has no artist of this name").asException();
            }
            send(
                    request,
                    response,
                    served,
                    () -> tracks.artists(
                            similar.ofArtist(served, listener, artist, NextTrackQuery.MAX_COUNT),
                            artist,
                            count,
                            withSongs));
        }
    }

    private void send(
            HttpServletRequest request, HttpServletResponse response, Generation served, Supplier<Object> content)
            throws IOException {
        if (served.isSlow()) {
            SlowResponse.begin(
                    request,
                    log,
                    recommenders,
                    () -> new EncodedResponse(Json.bytes(content.get()), "application/json", 0));
        } else {
            Endpoint.respondJson(response, content.get());
        }
    }

    /** An action whose problems have the member {@code error}. */
    private static Endpoint.Action refusing(Endpoint.Action action) {
        return (request, response) -> {
            try {
                action.run(request, response);
            } catch (ProblemException refused) {
                Problem problem = refused.problem();
                throw problem.with(Map.of("error", problem.detail())).asException();
            }
        };
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static ListenerId listener(HttpServletRequest request) {
        String user = parameter(request, "user");
        return RequestReader.listener(user == null ? DEFAULT_LISTENER : user);
    }

    private static int count(HttpServletRequest request) {
        String n = parameter(request, "n");
        return n == null ? DEFAULT_COUNT : (int) FieldValues.integer(n, "n", 1, NextTrackQuery.MAX_COUNT);
    }
}
