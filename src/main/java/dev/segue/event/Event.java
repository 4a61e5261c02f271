package dev.segue.event;

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
 * @param recommendation the recommended track, or {@link #NO_TRACK} (null in the line), as always for {@link Message#LAST}
 * @param experiments the arms the listener was in
 * @param session number of the listener's session, from 1; 0 = unknown, as in Botify's logs
 * @param sequence number of the request in its session; 0 if unknown
 * @param origin how the recommendation came about; null for {@link Message#LAST} and in Botify's logs
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
        int recommendation,
        Arms experiments,
        long session,
        int sequence,
        @Nullable Origin origin,
        @Nullable String generation,
        @Nullable String requestId,
        List<Integer> recommendations) {

    /** The version of the line's format; readers refuse a later one. */
    public static final int VERSION = 1;

    /** Stands for "nothing was recommended". */
    public static final int NO_TRACK = -1;

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
        if (message == Message.LAST && (recommendation != NO_TRACK || origin != null)) {
            throw new IllegalArgumentException("\"last\" recommends nothing");
        }
        if (recommendation < NO_TRACK) {
            throw new IllegalArgumentException("recommendation " + recommendation + " is negative");
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

    /**
     * A track that was heard.
     *
     * @param track the track
     * @param time the fraction of it that was played, 0 to 1
     */
    public record Playback(int track, double time) {
        /** The most that players report above 1 by the rounding of durations alone. */
        private static final double ROUNDING = 1e-6;

        /** A track that was played in a loop, or to whose end silence was added, has a share up to here in public data. */
        private static final double LARGEST_SHARE = 2;

        public Playback {
            if (!(time >= 0 && time <= 1)) {
                throw new IllegalArgumentException("time " + time + " is outside 0..1");
            }
        }

        /**
         * The fraction of a track that was played, of what a player reports: shares above 1 are 1.
         *
         * @throws IllegalArgumentException if it is negative, above 2 or no number
         */
        public static double share(double reported) {
            if (!(reported >= 0 && reported <= LARGEST_SHARE)) {
                throw new IllegalArgumentException(
                        "time " + reported + " is outside 0..1, the fraction of the track that"
                                + " was played; only up to " + (int) LARGEST_SHARE + " is taken as 1");
            }
            return Math.min(reported, 1) + 0.0; // -0.0 becomes 0.0
        }

        /** Whether a reported share is above 1 by more than rounding. */
        public static boolean isClamped(double reported) {
            return reported > 1 + ROUNDING;
        }
    }

    /**
     * How a recommendation came about.
     *
     * @param recommender name of the recommender that answered
     * @param fallback how many recommenders had no opinion before it: 0 = the treatment's own answered
     * @param propensity probability with which it chose this track, or {@link #UNKNOWN_PROPENSITY} (null in the line)
     *     when its method has no closed form
     * @param candidates how many tracks it chose from
     */
    public record Origin(String recommender, int fallback, double propensity, int candidates) {

        /** Stands for a propensity that is not known; compare with {@link Double#isNaN}. */
        public static final double UNKNOWN_PROPENSITY = Double.NaN;

        public Origin {
            Objects.requireNonNull(recommender, "recommender");
            if (Double.isInfinite(propensity)) {
                throw new IllegalArgumentException("propensity " + propensity + " is no probability");
            }
        }
    }
}
