package dev.segue.simulation;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The sums of an arm's sessions, by listener. Times are summed as whole hundredths of a track length, so that the order of
 * additions does not matter. Different threads may add sessions of different listeners.
 */
public final class Tally {

    private final long[] sessions;
    private final long[] tracks;
    private final long[] hundredths;
    private final long[] oracleHundredths;

    /** @param listeners number of listeners */
    public Tally(int listeners) {
        sessions = new long[listeners];
        tracks = new long[listeners];
        hundredths = new long[listeners];
        oracleHundredths = new long[listeners];
    }

    /** A copy of the current sums. */
    public Tally copy() {
        return minus(new Tally(sessions.length));
    }

    /** The sums of the sessions added since an earlier copy. */
    public Tally minus(Tally earlier) {
        var since = new Tally(sessions.length);
        Arrays.setAll(since.sessions, listener -> sessions[listener] - earlier.sessions[listener]);
        Arrays.setAll(since.tracks, listener -> tracks[listener] - earlier.tracks[listener]);
        Arrays.setAll(since.hundredths, listener -> hundredths[listener] - earlier.hundredths[listener]);
        Arrays.setAll(
                since.oracleHundredths, listener -> oracleHundredths[listener] - earlier.oracleHundredths[listener]);
        return since;
    }

    /**
     * Adds a session.
     *
     * @param listener position among the world's listeners
     * @param playbacks tracks played, the first one included
     * @param time sum of the playbacks' times, in track lengths
     */
    public void add(int listener, int playbacks, double time) {
        sessions[listener]++;
        tracks[listener] += playbacks;
        hundredths[listener] += Math.round(100 * time);
    }

    /** Adds the oracle's time, in track lengths, in a session with the same draws. */
    public void addOracle(int listener, double time) {
        oracleHundredths[listener] += Math.round(100 * time);
    }

    /** The number of sessions. */
    public long sessions() {
        long sum = 0;
        for (long count : sessions) {
            sum += count;
        }
        return sum;
    }

    boolean hasSessions(int listener) {
        return sessions[listener] > 0;
    }

    int listeners() {
        return sessions.length;
    }

    /** A listener's mean time per session, in track lengths. */
    double timePerSession(int listener) {
        return hundredths[listener] / (100.0 * sessions[listener]);
    }

    double tracksPerSession(int listener) {
        return (double) tracks[listener] / sessions[listener];
    }

    double oracleTimePerSession(int listener) {
        return oracleHundredths[listener] / (100.0 * sessions[listener]);
    }

    /** The mean over the listeners with at least one session. */
    Estimate mean(IntToDoubleFunction value) {
        return Estimate.of(IntStream.range(0, sessions.length)
                .filter(this::hasSessions)
                .mapToDouble(value)
                .toArray());
    }
}
