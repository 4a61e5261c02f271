package dev.segue.history;

import dev.segue.play.Playback;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One listener's current session: its number, its number of events, and its last playbacks.
 *
 * <p>Sessions of a listener are numbered 1, 2, 3, …; events of a session likewise ({@link #sequence()}). A session ends
 * with {@link #end}, with a request that has no previous track, or with a time of silence. Only the last {@code listens}
 * playbacks are kept; older ones are overwritten. Playbacks of earlier sessions are among them if {@link HistoryLimits#recall} is
 * above zero.
 *
 * <p>Not thread-safe. {@link ListeningMemory} provides it under a lock; do not keep a reference.
 */
public final class ListeningHistory {

    private static final int INITIAL_PLAYBACKS = 8;

    private final HistoryLimits limits;

    private long session;
    private int sequence;
    private boolean open;
    private long lastEventMillis;
    /** Playbacks since the ring buffers were empty. */
    private int played;

    private int playedInSession;
    private int seeds;
    private int[] tracks = new int[0];
    private double[] times = new double[0];
    /** Times of the playbacks, in ms since 1970; empty if earlier sessions are forgotten. */
    private long[] millis = new long[0];

    private @Nullable Undo undo; // null outside of an update

    /** The state before an update, with the arrays themselves, and the one playback in them that was overwritten. */
    private static final class Undo {
        private final ListeningHistory before;
        private int slot = -1;
        private int track;
        private double time;
        private long playedAtMillis;

        Undo(ListeningHistory before) {
            this.before = before;
        }
    }

    ListeningHistory(HistoryLimits limits, long lastSession) {
        this.limits = limits;
        this.session = lastSession;
    }

    /** The same history, with the same arrays. */
    private ListeningHistory(ListeningHistory history) {
        limits = history.limits;
        session = history.session;
        sequence = history.sequence;
        open = history.open;
        lastEventMillis = history.lastEventMillis;
        played = history.played;
        playedInSession = history.playedInSession;
        seeds = history.seeds;
        tracks = history.tracks;
        times = history.times;
        millis = history.millis;
    }

    /**
     * The history of a listener of whom only one session is known: number 0, without a sequence number.
     *
     * @param playbacks the session so far, the latest playback last; the last {@link HistoryLimits#listens} of them are kept
     * @param nowMillis time in ms since 1970
     */
    public static ListeningHistory ofSession(List<Playback> playbacks, HistoryLimits limits, long nowMillis) {
        var history = new ListeningHistory(limits, 0);
        int forgotten = Math.max(0, playbacks.size() - limits.listens());
        for (Playback playback : playbacks.subList(forgotten, playbacks.size())) {
            history.append(playback, nowMillis);
        }
        history.sequence = 0;
        return history;
    }

    /**
     * Records a request for the next track.
     *
     * @param last the playback before the request, or null at the beginning of a session
     * @param nowMillis time in ms since 1970
     */
    public void next(@Nullable Playback last, long nowMillis) {
        if (last == null || !open || isSilence(nowMillis)) {
            beginSession(session + 1);
        }
        open = true;
        append(last, nowMillis);
    }

    /** Records the last playback of a session, and ends the session. */
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
     * Applies an event of the log, so that the state after a restart equals the state before it. A repeated event is ignored.
     *
     * @param recordedSession the session's number in the log, or 0 if it is unknown
     * @param recordedSequence the event's number in its session; ignored if the session is 0
     * @param last the playback, or null
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
            return; // the log may contain an event twice
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
        playedInSession = 0;
        played = limits.recall().isZero() ? 0 : played;
    }

    private void append(@Nullable Playback last, long nowMillis) {
        sequence++;
        lastEventMillis = nowMillis;
        if (last == null) {
            return;
        }
        if (played == tracks.length && tracks.length < limits.listens()) {
            int length = Math.min(limits.listens(), Math.max(INITIAL_PLAYBACKS, 2 * tracks.length));
            tracks = Arrays.copyOf(tracks, length);
            times = Arrays.copyOf(times, length);
            millis = limits.recall().isZero() ? millis : Arrays.copyOf(millis, length);
        }
        keep(played % tracks.length);
        set(played % tracks.length, last.track(), last.time(), nowMillis);
        played++;
        playedInSession++;
    }

    /** Begins an update, which {@link #commit} or {@link #rolledBack} ends. */
    void begin() {
        undo = new Undo(new ListeningHistory(this));
    }

    /** Ends an update with its changes. */
    void commit() {
        undo = null;
    }

    /** The history before the update. This one must not be used any more. */
    ListeningHistory rolledBack() {
        Undo changed = Objects.requireNonNull(undo);
        if (changed.slot >= 0) {
            changed.before.set(changed.slot, changed.track, changed.time, changed.playedAtMillis);
        }
        return changed.before;
    }

    /** Keeps the playback in a slot that is overwritten, or all if it is not the first of an update. */
    private void keep(int slot) {
        Undo changed = undo;
        if (changed == null || changed.before.tracks != tracks) {
            return;
        }
        if (changed.slot < 0) {
            changed.slot = slot;
            changed.track = tracks[slot];
            changed.time = times[slot];
            changed.playedAtMillis = millis.length > 0 ? millis[slot] : 0;
        } else {
            ownArrays();
        }
    }

    private void ownArrays() {
        tracks = tracks.clone();
        times = times.clone();
        millis = millis.clone();
    }

    private void set(int slot, int track, double time, long playedAtMillis) {
        tracks[slot] = track;
        times[slot] = time;
        if (millis.length > 0) {
            millis[slot] = playedAtMillis;
        }
    }

    /** The session's number, from 1; 0 before the first, and for {@link #ofSession}. */
    public long session() {
        return session;
    }

    /** The number of the latest event in the session, from 1; 0 for {@link #ofSession}. */
    public int sequence() {
        return sequence;
    }

    /** The time of the latest event, in ms since 1970; 0 before the first. */
    public long lastEventMillis() {
        return lastEventMillis;
    }

    /** The number of playbacks of this session that are kept. */
    public int size() {
        return Math.min(playedInSession, tracks.length);
    }

    /**
     * Passes the tracks that were played within some time before the latest event, in this session or an earlier one, the latest
     * first. Passes none if earlier sessions are forgotten.
     *
     * @param time up to {@link HistoryLimits#recall}
     */
    public void forEachTrackWithin(Duration time, IntConsumer consumer) {
        for (int back = 0; back < Math.min(played, millis.length); back++) {
            int slot = (played - 1 - back) % millis.length;
            if (lastEventMillis - millis[slot] <= time.toMillis()) {
                consumer.accept(tracks[slot]);
            }
        }
    }

    /**
     * The track of a playback of this session.
     *
     * @param back 0 for the latest playback, up to {@link #size()} - 1
     */
    public int track(int back) {
        return tracks[slot(back)];
    }

    /** The first track of this session among those that are kept; the session must have one. */
    public int firstTrack() {
        return track(size() - 1);
    }

    /** The fraction of the track played, 0..1; indices as in {@link #track}. */
    public double time(int back) {
        return times[slot(back)];
    }

    private int slot(int back) {
        if (back < 0 || back >= size()) {
            throw new IndexOutOfBoundsException("playback " + back + " of " + size());
        }
        return (played - 1 - back) % tracks.length;
    }

    /** The number of tracks at the beginning of this session that were not played: those of {@link #withSeeds}. */
    public int seeds() {
        return seeds;
    }

    /**
     * An independent copy in which the session begins with some tracks, as if they had been played in full before it.
     *
     * @param seedTracks the last one is the latest
     */
    public ListeningHistory withSeeds(List<Integer> seedTracks) {
        int kept = Math.min(played, tracks.length);
        int ofEarlierSessions = kept - size();
        int added = seedTracks.size();
        var copy = new ListeningHistory(limits, session);
        copy.sequence = sequence;
        copy.open = open;
        copy.lastEventMillis = lastEventMillis;
        copy.seeds = added;
        copy.played = kept + added;
        copy.playedInSession = size() + added;
        copy.tracks = new int[kept + added];
        copy.times = new double[kept + added];
        copy.millis = new long[limits.recall().isZero() ? 0 : kept + added];
        for (int i = 0; i < kept; i++) {
            int from = (played - kept + i) % tracks.length;
            copy.set(
                    i < ofEarlierSessions ? i : i + added,
                    tracks[from],
                    times[from],
                    millis.length > 0 ? millis[from] : 0);
        }
        for (int i = 0; i < added; i++) {
            copy.set(ofEarlierSessions + i, seedTracks.get(i), 1, lastEventMillis);
        }
        return copy;
    }

    /**
     * This history, or a copy in which other shares of some tracks count as played.
     *
     * @param shares the share of a track, 0..1; NaN for the share that was played
     */
    public ListeningHistory withShares(IntToDoubleFunction shares) {
        ListeningHistory copy = null;
        for (int back = 0; back < size(); back++) {
            double share = shares.applyAsDouble(track(back));
            if (!Double.isNaN(share) && share != time(back)) {
                copy = copy == null ? copy() : copy;
                copy.times[slot(back)] = share;
            }
        }
        return copy == null ? this : copy;
    }

    /** An independent copy. */
    ListeningHistory copy() {
        var copy = new ListeningHistory(this);
        copy.ownArrays();
        return copy;
    }
}
