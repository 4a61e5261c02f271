package dev.segue.play;

import dev.segue.listener.ListenerId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the play log: a listener finished (or skipped) a track, and this is what the server answered.
 *
 * <p>A line is Botify's, with fields of Segue's own after it:
 *
 * <pre>{@code
 * {"message":"next","timestamp":1746994263928,"user":1,"track":2,"time":0.3,"latency":0.000412345,
 *  "recommendation":5,"experiments":{"NAME":"T1"},"v":1,"session":1,"seq":3,"recommender":"contextual",
 *  "fallback":0,"propensity":0.02,"candidates":50,"generation":"1a2b3c4d","request_id":"r-7",
 *  "recommendations":[5,7,9],"forced":["NAME"]}
 * }</pre>
 *
 * @param message what the listener asked for
 * @param timestamp when the server answered, in milliseconds since 1970
 * @param listener who listens; written as a number or a string, as it came
 * @param playback what was heard before the request; null exactly for {@link Message#START}
 * @param latency how long the response took, in seconds, as the line gives it. Botify measures with a clock that can be set
 *     back, so a few of its latencies are below zero
 * @param recommendation the recommended track and how it was chosen; {@link Recommendation#NONE} (null in the line) for {@link
 *     Message#LAST}
 * @param experiments the arms the listener was in
 * @param session number of the listener's session, from 1; 0 = unknown, as in Botify's logs
 * @param sequence number of the request in its session; 0 if unknown
 * @param generation name of the catalog generation that answered, if known
 * @param requestId the name a client gave its request so that repeating it is harmless
 * @param recommendations the list of tracks, if the client asked for one; otherwise empty
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

    /** The kind of a listener's request. */
    public enum Message {
        /** The first track of a session, with nothing heard before. */
        START("start"),
        /** The next track. */
        NEXT("next"),
        /** Nothing more: the session ends. */
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
