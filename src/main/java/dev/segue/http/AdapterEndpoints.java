package dev.segue.http;

import dev.segue.adapter.Secrets;
import dev.segue.adapter.SubsonicUsers;
import dev.segue.config.AdapterSettings;
import dev.segue.event.EventLog;
import dev.segue.service.NextTrackService;
import java.util.ArrayList;
import java.util.List;

/** The endpoints for clients of other services that the configuration turns on. */
final class AdapterEndpoints {

    private AdapterEndpoints() {}

    /**
     * The endpoints.
     *
     * @param nextTracks has the queue of batches
     * @param recommenders the queue of slow recommenders
     */
    static List<Endpoint> of(
            AdapterSettings settings,
            NextTrackService service,
            ReportedPlays plays,
            EventLog log,
            BodySizes sizes,
            NextTrackEndpoints nextTracks,
            WorkQueue recommenders) {
        var similar = new SimilarRecommendations(service);
        List<Endpoint> endpoints = new ArrayList<>();
        if (!settings.listenbrainzTokens().isEmpty()) {
            var tokens = new Secrets("adapters.listenbrainz_tokens", settings.listenbrainzTokens());
            endpoints.addAll(new ListenBrainzEndpoints(tokens, plays, log, sizes, nextTracks.batches()).all());
        }
        if (!settings.opensubsonicUsers().isEmpty()) {
            var users = new SubsonicUsers("adapters.opensubsonic_users", settings.opensubsonicUsers());
            endpoints.add(new SubsonicEndpoint(new SubsonicMethods(users, plays, similar), log, recommenders));
        }
        if (settings.audiomuse()) {
            endpoints.addAll(new AudioMuseEndpoints(similar, log, recommenders).all());
        }
        return endpoints;
    }
}
