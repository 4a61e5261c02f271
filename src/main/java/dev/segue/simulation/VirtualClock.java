package dev.segue.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when it is told to. For one thread. */
public final class VirtualClock implements InstantSource {

    private long millis;

    /** Makes it that many milliseconds after 1970. */
    public void set(long epochMillis) {
        millis = epochMillis;
    }

    void advance(long durationMillis) {
        millis += durationMillis;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }
}
