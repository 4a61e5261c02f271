package dev.segue.simulation.replay;

import dev.segue.event.SessionRule;

/**
 * How a log is replayed.
 *
 * @param connections how many clients send at once, ≥ 1; a listener's requests all go through one, in their order
 * @param speed how many times as fast as they were recorded the requests are sent, 1 being the original timing; 0 sends each
 *     as soon as its client has its last answer
 * @param limit how many events are read at most, ≥ 1
 * @param rule when sessions end
 */
public record ReplayOptions(int connections, double speed, long limit, SessionRule rule) {

    /** With sessions that end by the default rule. */
    public ReplayOptions(int connections, double speed, long limit) {
        this(connections, speed, limit, SessionRule.DEFAULT);
    }

    public ReplayOptions {
        if (connections < 1 || limit < 1) {
            throw new IllegalArgumentException("a replay needs at least one connection and one event");
        }
        if (!(speed >= 0 && speed < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("speed " + speed + " is no multiple of the original one");
        }
    }
}
