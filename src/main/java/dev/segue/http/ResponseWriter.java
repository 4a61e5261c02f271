package dev.segue.http;

import dev.segue.catalog.Tracks;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.recommend.RuleEffect;
import dev.segue.service.Explanation;
import dev.segue.service.Generation;
import dev.segue.service.SeedTracks;
import dev.segue.service.ServedEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes responses as JSON. */
final class ResponseWriter {

    private ResponseWriter() {}

    /**
     * The user, the track if one was recommended, the list if one was asked for, the explanation.
     *
     * @param generation that chose the recommendation
     */
    static byte[] toJson(ServedEvent served, Generation generation, boolean explain) {
        Event event = served.event();
        var json = new StringBuilder(64).append("{\"user\":");
        ListenerId user = event.listener();
        json.append(user.quoted() ? Json.string(user.text()) : user.text());
        if (event.message() != Message.LAST) {
            int track = event.recommendation().track();
            json.append(",\"track\":").append(TrackIds.isText(track) ? Json.string(TrackIds.text(track)) : track);
        }
        if (!event.recommendations().isEmpty()) {
            json.append(",\"tracks\":").append(Json.string(Json.ids(event.recommendations())));
        }
        if (explain) {
            json.append(",\"explanation\":").append(Json.string(explanation(served, generation)));
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> explanation(ServedEvent served, Generation generation) {
        Event event = served.event();
        Tracks tracks = generation.catalog().tracks();
        String experiment = generation.serving().experiment().name();
        Recommendation recommendation = event.recommendation();
        Explanation how = served.explanation();
        var explanation = new LinkedHashMap<String, @Nullable Object>();
        explanation.put("artist", tracks.artist(recommendation.track()));
        explanation.put("title", tracks.title(recommendation.track()));
        explanation.put("experiment", experiment);
        explanation.put("treatment", event.experiments().arm(experiment));
        explanation.put("recommender", recommendation.recommender());
        explanation.put("fallback", recommendation.fallback());
        explanation.put("propensity", Double.isNaN(recommendation.propensity()) ? null : recommendation.propensity());
        explanation.put("candidates", recommendation.candidates());
        explanation.put("why", how == null ? List.of() : new ExplanationText(tracks).sentences(how));
        explanation.put("rules", how == null ? List.of() : effects(how.effects()));
        if (how != null && how.seeds() != null) {
            explanation.put("seeds", seeds(how.seeds()));
        }
        if (how != null && how.accepted() != Explanation.NO_FILTER) {
            explanation.put("filter", Map.of("accepted_tracks", how.accepted()));
        }
        explanation.put("generation", event.generation());
        explanation.put("session", event.session());
        explanation.put("seq", event.sequence());
        return explanation;
    }

    private static Map<String, Object> seeds(SeedTracks seeds) {
        var members = new LinkedHashMap<String, Object>();
        members.put("tracks", Json.ids(seeds.tracks()));
        members.put(
                "unknown_tracks",
                seeds.unknownTracks().stream().map(ResponseWriter::id).toList());
        members.put("unknown_artists", seeds.unknownArtists());
        return members;
    }

    /** The track's id as JSON has it: an integer or a string. */
    private static Object id(Playback playback) {
        return playback.hasStringId() ? playback.trackId() : (Object) playback.track();
    }

    private static List<Map<String, Object>> effects(List<RuleEffect> effects) {
        return effects.stream().map(ResponseWriter::effect).toList();
    }

    private static Map<String, Object> effect(RuleEffect effect) {
        var members = new LinkedHashMap<String, Object>();
        members.put("rule", effect.rule());
        members.put("tracks", Json.ids(effect.tracks()));
        members.put("artists", effect.artists());
        return members;
    }
}
