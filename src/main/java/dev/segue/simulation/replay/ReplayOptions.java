package dev.segue.simulation.replay;

import dev.segue.event.SessionRule;

/**
 * The options of a replay.
 *
 * @param connections number of concurrent clients, ≥ 1; all requests of a listener use the same client
 * @param speed multiple of the recorded speed, 1 for the original timing; 0 sends each request as soon as its client has the
 *     previous response
 * @param limit maximum number of events, ≥ 1
 * @param rule rule by which sessions end
 */
public record ReplayOptions(int connections, double speed, long limit, SessionRule rule) {

    /** Options with the default session rule. */
    public ReplayOptions(int connections, double speed, long limit) {
        this(connections, speed, limit, SessionRule.DEFAULT);
    }

    public ReplayOptions {
        if (connections < 1 || limit < 1) {
            throw new IllegalArgumentException("a replay needs at least one connection and one event");
        }
        if (!(speed >= 0 && speed < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("speed " + speed + " is not a multiple of the recorded speed");
        }
    }
}
