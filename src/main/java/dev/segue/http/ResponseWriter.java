package dev.segue.http;

import dev.segue.catalog.Tracks;
import dev.segue.event.Event.Message;
import dev.segue.recommend.Recommendation;
import dev.segue.service.Answer;
import dev.segue.service.Explanation;
import dev.segue.service.Generation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes answers as JSON. */
final class ResponseWriter {

    private ResponseWriter() {}

    /**
     * An answer's JSON: the user, the track if one was recommended, the list if one was asked for, the explanation.
     *
     * @param served what the answer was made from
     */
    static byte[] toJson(Answer answer, Generation served, boolean explain) {
        var json = new StringBuilder(64).append("{\"user\":");
        json.append(
                answer.user().quoted()
                        ? Json.string(answer.user().text())
                        : answer.user().text());
        if (answer.message() != Message.LAST) {
            json.append(",\"track\":").append(answer.recommendation().track());
        }
        if (!answer.ranked().isEmpty()) {
            json.append(",\"tracks\":").append(Json.string(answer.ranked()));
        }
        if (explain) {
            json.append(",\"explanation\":").append(Json.string(explanation(answer, served)));
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> explanation(Answer answer, Generation served) {
        Tracks tracks = served.catalog().tracks();
        String serving = served.serving().name();
        Recommendation recommendation = answer.recommendation();
        Explanation how = answer.explanation();
        var explanation = new LinkedHashMap<String, @Nullable Object>();
        explanation.put("artist", tracks.artist(recommendation.track()));
        explanation.put("title", tracks.title(recommendation.track()));
        explanation.put("experiment", serving);
        explanation.put("treatment", answer.arms().arm(serving));
        explanation.put("recommender", recommendation.recommender());
        explanation.put("fallback", recommendation.fallback());
        explanation.put("propensity", Double.isNaN(recommendation.propensity()) ? null : recommendation.propensity());
        explanation.put("candidates", recommendation.candidates());
        explanation.put("why", how == null ? List.of() : new ExplanationText(tracks).sentences(how));
        explanation.put("rules", how == null ? List.of() : how.effects());
        explanation.put("generation", answer.generation());
        explanation.put("session", answer.session());
        explanation.put("seq", answer.sequence());
        return explanation;
    }
}
