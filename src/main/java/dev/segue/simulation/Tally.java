package dev.segue.simulation;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Sums of one arm's sessions, listener by listener. Times are summed in whole hundredths of a track, so that sums do not
 * depend on their order. Threads may add at once for different listeners.
 */
public final class Tally {

    private final long[] sessions;
    private final long[] tracks;
    private final long[] hundredths;
    private final long[] oracleHundredths;

    /** @param listeners how many listeners there are */
    public Tally(int listeners) {
        sessions = new long[listeners];
        tracks = new long[listeners];
        hundredths = new long[listeners];
        oracleHundredths = new long[listeners];
    }

    /** The same sums, which stay as they are now. */
    public Tally copy() {
        return minus(new Tally(sessions.length));
    }

    /** The sums of what was added since an earlier copy. */
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

    /** Adds the time that the oracle reached in a session with the same draws. */
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

    boolean knows(int listener) {
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

    /** The mean over the listeners who had a session. */
    Estimate mean(IntToDoubleFunction value) {
        return Estimate.of(IntStream.range(0, sessions.length)
                .filter(this::knows)
                .mapToDouble(value)
                .toArray());
    }
}
