package dev.segue.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when it is told to. For one thread. */
public final class VirtualClock implements InstantSource {

    /** How long the next track takes to begin, however short the last one was, in ms. */
    public static final long CHANGE_MILLIS = 500;

    /** How long a track is, in ms: only timestamps depend on it. */
    private static final long TRACK_MILLIS = 200_000;

    private long millis;

    /** Makes it that many milliseconds after 1970. */
    public void set(long epochMillis) {
        millis = epochMillis;
    }

    /**
     * How long playbacks take.
     *
     * @param totalTime their times' sum, in track lengths
     */
    public static long millis(int playbacks, double totalTime) {
        return playbacks * CHANGE_MILLIS + Math.round(totalTime * TRACK_MILLIS);
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
