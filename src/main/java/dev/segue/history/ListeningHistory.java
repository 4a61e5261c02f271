package dev.segue.history;

import dev.segue.play.Playback;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener's current session: its number, how many events it has had, and its last listens.
 *
 * <p>Sessions of a listener are numbered 1, 2, 3, …; events of a session likewise ({@link #sequence()}). A session ends
 * with {@link #end}, with a request that has no previous track (the listener starts afresh), or with a silence. Only the
 * last {@code listens} listens are kept; older ones are overwritten. Listens of earlier sessions are among them if the limits say so.
 *
 * <p>Not thread-safe: {@link ListeningMemory} hands it out under a lock, and nobody may keep it.
 */
public final class ListeningHistory {

    private static final int INITIAL_LISTENS = 8;

    private final HistoryLimits limits;

    private long session;
    private int sequence;
    private boolean open;
    private long lastEventMillis;
    /** Listens since the rings were empty, and those of them that are of the session. */
    private int heard;

    private int heardInSession;
    private int[] tracks = new int[0];
    private double[] times = new double[0];
    /** When they were noted, in ms since 1970; empty if earlier sessions are forgotten. */
    private long[] noted = new long[0];

    ListeningHistory(HistoryLimits limits, long lastSession) {
        this.limits = limits;
        this.session = lastSession;
    }

    /**
     * Takes note of a request for the next track.
     *
     * @param last what was just played, or null at the beginning of a session
     * @param nowMillis time in ms since 1970
     */
    public void next(@Nullable Playback last, long nowMillis) {
        if (last == null || !open || isSilence(nowMillis)) {
            beginSession(session + 1);
        }
        open = true;
        append(last, nowMillis);
    }

    /** Takes note of a session's last listen, which ends the session. */
    public void end(Playback last, long nowMillis) {
        if (!open || isSilence(nowMillis)) {
            beginSession(session + 1);
        }
        append(last, nowMillis);
        open = false;
    }

    private boolean isSilence(long nowMillis) {
        return nowMillis - lastEventMillis > limits.sessionTimeout().toMillis();
    }

    /**
     * Repeats what the event log recorded, so that the state after a restart is the state before it. An event that comes again
     * is passed over.
     *
     * @param recordedSession the session's number in the log, or 0 where the log does not tell
     * @param recordedSequence the event's number in its session; ignored if the session is 0
     * @param last what was played, or null
     * @param ends whether the event ended the session
     */
    public void restore(
            long recordedSession, int recordedSequence, @Nullable Playback last, boolean ends, long timestampMillis) {
        if (recordedSession == 0) {
            if (ends && last != null) {
                end(last, timestampMillis);
            } else {
                next(last, timestampMillis);
            }
            return;
        }
        if (recordedSession == session && recordedSequence > 0 && recordedSequence <= sequence) {
            return; // the log may have an event twice
        }
        if (recordedSession != session || !open) {
            beginSession(recordedSession);
        }
        append(last, timestampMillis);
        sequence = recordedSequence;
        open = !ends;
    }

    private void beginSession(long number) {
        session = number;
        sequence = 0;
        heardInSession = 0;
        heard = limits.recall().isZero() ? 0 : heard;
    }

    private void append(@Nullable Playback last, long nowMillis) {
        sequence++;
        lastEventMillis = nowMillis;
        if (last == null) {
            return;
        }
        if (heard == tracks.length && tracks.length < limits.listens()) {
            int length = Math.min(limits.listens(), Math.max(INITIAL_LISTENS, 2 * tracks.length));
            tracks = Arrays.copyOf(tracks, length);
            times = Arrays.copyOf(times, length);
            noted = limits.recall().isZero() ? noted : Arrays.copyOf(noted, length);
        }
        int slot = heard % tracks.length;
        tracks[slot] = last.track();
        times[slot] = last.time();
        if (noted.length > 0) {
            noted[slot] = nowMillis;
        }
        heard++;
        heardInSession++;
    }

    /** The session's number, from 1; 0 before the first. */
    public long session() {
        return session;
    }

    /** The number of the latest event in the session, from 1. */
    public int sequence() {
        return sequence;
    }

    /** How many listens of this session are remembered. */
    public int size() {
        return Math.min(heardInSession, tracks.length);
    }

    /**
     * Gives the tracks, the latest first, that were noted within some time before the latest event, in this session or an earlier one;
     * none if earlier sessions are forgotten.
     *
     * @param time up to the limits' recall
     */
    public void forEachTrackWithin(Duration time, IntConsumer consumer) {
        for (int back = 0; back < Math.min(heard, noted.length); back++) {
            int slot = (heard - 1 - back) % noted.length;
            if (lastEventMillis - noted[slot] <= time.toMillis()) {
                consumer.accept(tracks[slot]);
            }
        }
    }

    /**
     * The track of a listen of this session.
     *
     * @param back 0 for the latest listen, up to {@link #size()} - 1
     */
    public int track(int back) {
        return tracks[slot(back)];
    }

    /** The first track of this session among those that are remembered; there must be one. */
    public int firstTrack() {
        return track(size() - 1);
    }

    /** The fraction of the track played, 0..1; indices as in {@link #track}. */
    public double time(int back) {
        return times[slot(back)];
    }

    private int slot(int back) {
        if (back < 0 || back >= size()) {
            throw new IndexOutOfBoundsException("listen " + back + " back of " + size());
        }
        return (heard - 1 - back) % tracks.length;
    }

    /** A copy that can be changed without a trace here. */
    ListeningHistory copy() {
        var copy = new ListeningHistory(limits, session);
        copy.sequence = sequence;
        copy.open = open;
        copy.lastEventMillis = lastEventMillis;
        copy.heard = heard;
        copy.heardInSession = heardInSession;
        copy.tracks = tracks.clone();
        copy.times = times.clone();
        copy.noted = noted.clone();
        return copy;
    }
}
