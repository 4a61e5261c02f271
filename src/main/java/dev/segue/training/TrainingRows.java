package dev.segue.training;

import dev.segue.id.ListenerId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Training rows (listener, context, track, time), one for each playback after a session's first. Stored in arrays, 16 bytes a row; the rows
 * of a session are contiguous.
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

    /** Adds a row to the current session. */
    void add(ListenerId listener, int context, int track, double time) {
        if (size == listeners.length) {
            int newLength = Math.toIntExact(2L * size);
            listeners = Arrays.copyOf(listeners, newLength);
            contexts = Arrays.copyOf(contexts, newLength);
            tracks = Arrays.copyOf(tracks, newLength);
            times = Arrays.copyOf(times, newLength);
        }
        Integer row = listenerRows.putIfAbsent(listener, listenerRows.size());
        listeners[size] = row == null ? listenerRows.size() - 1 : row;
        contexts[size] = context;
        tracks[size] = track;
        times[size++] = (float) time;
    }

    /** Ends the current session. A session without rows is ignored. */
    void endSession() {
        if (size == (sessions == 0 ? 0 : sessionEnds[sessions - 1])) {
            return;
        }
        if (sessions == sessionEnds.length) {
            sessionEnds = Arrays.copyOf(sessionEnds, 2 * sessions);
        }
        sessionEnds[sessions++] = size;
    }

    /** The number of rows. */
    public int size() {
        return size;
    }

    /** The number of sessions with rows. */
    public int sessions() {
        return sessions;
    }

    /** A session's first row. */
    int start(int session) {
        return session == 0 ? 0 : sessionEnds[session - 1];
    }

    /** The row after a session's last row. */
    int end(int session) {
        return sessionEnds[session];
    }

    /** The session of a row. */
    int sessionOf(int row) {
        int index = Arrays.binarySearch(sessionEnds, 0, sessions, row);
        return index < 0 ? -index - 1 : index + 1;
    }

    /** The row's listener, as an index of {@link #listenerIds}. */
    public int listener(int row) {
        return listeners[row];
    }

    /** The context track of the recommendation. */
    public int context(int row) {
        return contexts[row];
    }

    /** The next track. */
    public int track(int row) {
        return tracks[row];
    }

    /** The played share of the next track, 0 to 1. */
    public float time(int row) {
        return times[row];
    }

    /** The listeners, in the order of their first rows. */
    public List<ListenerId> listenerIds() {
        return new ArrayList<>(listenerRows.keySet());
    }

    /** A checksum of all rows in their order, and the number of rows. */
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
