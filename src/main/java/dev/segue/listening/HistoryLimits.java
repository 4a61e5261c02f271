package dev.segue.listening;

import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param listeners listeners at most; the one that was silent longest is forgotten first
 * @param listens last listens of a session at most
 * @param sessionTimeout silence after which a listener's next request begins a new session
 */
public record HistoryLimits(int listeners, int listens, Duration sessionTimeout) {

    public HistoryLimits {
        if (listeners < 1 || listens < 1 || sessionTimeout.isNegative() || sessionTimeout.isZero()) {
            throw new IllegalArgumentException("history limits must be positive: " + listeners + " listeners, "
                    + listens + " listens, " + sessionTimeout);
        }
    }
}
