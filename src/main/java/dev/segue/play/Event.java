package dev.segue.play;

import dev.segue.id.ListenerId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the event log: a request of a listener, who has finished or skipped a track, with its response.
 *
 * <p>A line has Botify's fields, then Segue's:
 *
 * <pre>{@code
 * {"message":"next","timestamp":1746994263928,"user":1,"track":2,"time":0.3,"latency":0.000412345,
 *  "recommendation":5,"experiments":{"NAME":"T1"},"v":1,"session":1,"seq":3,"recommender":"contextual",
 *  "fallback":0,"propensity":0.02,"candidates":50,"generation":"1a2b3c4d","request_id":"r-7",
 *  "recommendations":[5,7,9],"forced":["NAME"]}
 * }</pre>
 *
 * @param message the kind of request
 * @param timestamp time of the response, in milliseconds since 1970
 * @param listener the listener; written as a number or a string, as in the request
 * @param playback the playback before the request; null exactly for {@link Message#START}
 * @param latency time to compute the response, in seconds. Botify measures with a clock that can be set back, so that a few of
 *     its latencies are negative
 * @param recommendation the recommended track and how it was chosen; {@link Recommendation#NONE} (null in the line) for {@link
 *     Message#LAST}
 * @param experiments the arms of the listener
 * @param session number of the listener's session, from 1; 0 = unknown, as in Botify's logs
 * @param sequence number of the request in its session; 0 if unknown
 * @param generation fingerprint of the generation that served the request, or null if unknown
 * @param requestId the client's name of the request, by which a retry gets the same response; or null
 * @param recommendations the ranked list of tracks if the request has a count; otherwise empty
 */
public record Event(
        Message message,
        long timestamp,
        ListenerId listener,
        @Nullable Playback playback,
        double latency,
        Recommendation recommendation,
        Arms experiments,
        long session,
        int sequence,
        @Nullable String generation,
        @Nullable String requestId,
        List<Integer> recommendations) {

    /** The version of the line's format; readers refuse a later one. */
    public static final int VERSION = 1;

    public Event {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(experiments, "experiments");
        recommendations = List.copyOf(recommendations);
        if ((message == Message.START) != (playback == null)) {
            throw new IllegalArgumentException(
                    message == Message.START
                            ? "\"start\" has no \"track\" and no \"time\""
                            : "\"" + message.json() + "\" needs \"track\" and \"time\"");
        }
        if (message == Message.LAST && (!recommendation.isNone() || recommendation.hasOrigin())) {
            throw new IllegalArgumentException("\"last\" recommends nothing");
        }
    }

    /** Whether no track was recommended for a listener who continued: a play that a player reported, or an import wrote. */
    public boolean isReportedPlay() {
        return message == Message.NEXT && recommendation.isNone();
    }

    /** The kind of a listener's request. */
    public enum Message {
        /** The first request of a session, before any playback. */
        START("start"),
        /** A request for the next track. */
        NEXT("next"),
        /** The end of a session. */
        LAST("last");

        private final String json;

        Message(String json) {
            this.json = json;
        }

        /** The name in the log. */
        public String json() {
            return json;
        }
    }
}
