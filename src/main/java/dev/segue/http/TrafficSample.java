package dev.segue.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traffic between two times.
 *
 * @param millis the end, in ms since 1970
 * @param perSecond recommendations and ended sessions a second
 * @param p50 median of the times to compute a response, in µs: the upper bound of its bucket; null without responses
 * @param fallbackPercent share of the tracks that a fallback chose; null without tracks
 * @param errors responses with an error a second
 * @param state at the end
 */
record TrafficSample(
        long millis,
        double perSecond,
        @Nullable Double p50,
        @Nullable Double p99,
        @Nullable Double fallbackPercent,
        Errors errors,
        State state) {

    /**
     * Responses with an error: their number, or the number a second.
     *
     * @param client those with a status of 4xx
     * @param unavailable those with the status 503, which overload and a full disk cause
     * @param server those with another status of 5xx
     */
    record Errors(double client, double unavailable, double server) {

        Errors perSecondSince(Errors before, double seconds) {
            return new Errors(
                    (client - before.client) / seconds,
                    (unavailable - before.unavailable) / seconds,
                    (server - before.server) / seconds);
        }
    }

    /**
     * Values that go up and down.
     *
     * @param backlogBytes of events that wait for the log
     * @param connections that are open on the main port
     */
    record State(long backlogBytes, long connections) {}

    Map<String, @Nullable Object> json() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("time", millis);
        members.put("per_second", perSecond);
        members.put("p50_us", p50);
        members.put("p99_us", p99);
        members.put("fallback_percent", fallbackPercent);
        members.put("status_4xx_per_second", errors.client());
        members.put("status_503_per_second", errors.unavailable());
        members.put("other_5xx_per_second", errors.server());
        members.put("log_backlog_bytes", state.backlogBytes());
        members.put("connections", state.connections());
        return members;
    }
}
