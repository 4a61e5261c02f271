package dev.segue.training;

import dev.segue.listener.ListenerId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Rows to learn from: (listener, context, track, time), one for each playback after a session's first. Flat
 * arrays, 16 bytes a row. Rows of a session follow each other.
 */
public final class TrainingRows {

    private int[] listeners = new int[1 << 12];
    private int[] contexts = new int[1 << 12];
    private int[] tracks = new int[1 << 12];
    private float[] times = new float[1 << 12];
    private int[] sessionEnds = new int[1 << 9];
    private int size;
    private int sessions;
    private final Map<ListenerId, Integer> listenerRows = new LinkedHashMap<>();

    /** Adds a row to the session that is being read. */
    void add(ListenerId listener, int context, int track, double time) {
        if (size == listeners.length) {
            int larger = Math.toIntExact(2L * size);
            listeners = Arrays.copyOf(listeners, larger);
            contexts = Arrays.copyOf(contexts, larger);
            tracks = Arrays.copyOf(tracks, larger);
            times = Arrays.copyOf(times, larger);
        }
        Integer row = listenerRows.putIfAbsent(listener, listenerRows.size());
        listeners[size] = row == null ? listenerRows.size() - 1 : row;
        contexts[size] = context;
        tracks[size] = track;
        times[size++] = (float) time;
    }

    /** Ends the session; one without rows is none. */
    void endSession() {
        if (size == (sessions == 0 ? 0 : sessionEnds[sessions - 1])) {
            return;
        }
        if (sessions == sessionEnds.length) {
            sessionEnds = Arrays.copyOf(sessionEnds, 2 * sessions);
        }
        sessionEnds[sessions++] = size;
    }

    /** How many rows there are. */
    public int size() {
        return size;
    }

    /** How many sessions they come from. */
    public int sessions() {
        return sessions;
    }

    /** Where a session's rows begin. */
    int begin(int session) {
        return session == 0 ? 0 : sessionEnds[session - 1];
    }

    /** Where a session's rows end, exclusively. */
    int end(int session) {
        return sessionEnds[session];
    }

    /** The session that a row belongs to. */
    int sessionOf(int row) {
        int found = Arrays.binarySearch(sessionEnds, 0, sessions, row);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** The row's listener: a position in {@link #listenerIds}. */
    public int listener(int row) {
        return listeners[row];
    }

    /** The track that the recommendation went out from. */
    public int context(int row) {
        return contexts[row];
    }

    /** The track that was played next. */
    public int track(int row) {
        return tracks[row];
    }

    /** The fraction of it that was played, 0 to 1. */
    public float time(int row) {
        return times[row];
    }

    /** The listeners, in the order of their first rows. */
    public List<ListenerId> listenerIds() {
        return new ArrayList<>(listenerRows.keySet());
    }

    /** Of all rows in their order: the same rows have the same fingerprint, other rows hardly ever. */
    public String fingerprint() {
        var checksum = new CRC32C();
        var row = ByteBuffer.allocate(16);
        for (int i = 0; i < size; i++) {
            row.clear();
            row.putInt(listeners[i]).putInt(contexts[i]).putInt(tracks[i]).putFloat(times[i]);
            checksum.update(row.array(), 0, 16);
        }
        return String.format(Locale.ROOT, "%08x-%d", checksum.getValue(), size);
    }
}
