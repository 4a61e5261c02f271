package dev.segue.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set or advanced. For one thread. */
public final class VirtualClock implements InstantSource {

    /** The time between two playbacks, in ms. */
    public static final long TRACK_CHANGE_MILLIS = 500;

    /** The length of every track, in ms; only timestamps depend on it. */
    private static final long TRACK_MILLIS = 200_000;

    private long millis;

    /** Sets the time, in ms since 1970. */
    public void set(long epochMillis) {
        millis = epochMillis;
    }

    /**
     * The duration of playbacks, in ms.
     *
     * @param totalTime the sum of their times, in track lengths
     */
    public static long durationMillis(int playbacks, double totalTime) {
        return playbacks * TRACK_CHANGE_MILLIS + Math.round(totalTime * TRACK_MILLIS);
    }

    public void advance(long durationMillis) {
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
