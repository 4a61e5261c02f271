package dev.segue.posterior;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The training sessions. Each playback after a session's first is a row, unless it repeats a track of the session. Tracks, listeners and
 * artists are numbered from 0 without gaps.
 */
public final class SessionData {

    private final int tracks;
    private final int[] artistOf;
    private final int artists;

    private int listeners;
    private int sessions;
    private int[] listenerOf = new int[1024];
    private int[] firstOf = new int[1024];
    private int[] firstRow = new int[1025];

    private int rows;
    private int[] trackOf = new int[8192];
    private byte[] repeatsOf = new byte[8192];
    private float[] shareOf = new float[8192];

    /** Starts without sessions.
     *
     * @param artistOf the artist of each track, 0 to the number of artists − 1
     */
    public SessionData(int[] artistOf) {
        this.tracks = artistOf.length;
        this.artistOf = artistOf.clone();
        this.artists = Arrays.stream(artistOf).max().orElse(-1) + 1;
    }

    /**
     * Adds a session.
     *
     * @param listener the listener's number
     * @param played the tracks in the order of their plays, at least one
     * @param shares the played share of each track, 0 to 1
     */
    public void add(int listener, int[] played, double[] shares) {
        if (sessions == listenerOf.length) {
            listenerOf = Arrays.copyOf(listenerOf, 2 * sessions);
            firstOf = Arrays.copyOf(firstOf, 2 * sessions);
            firstRow = Arrays.copyOf(firstRow, 2 * sessions + 1);
        }
        listeners = Math.max(listeners, listener + 1);
        listenerOf[sessions] = listener;
        firstOf[sessions] = played[0];
        for (int i = 1; i < played.length; i++) {
            addRow(played, i, shares[i]);
        }
        firstRow[++sessions] = rows;
    }

    private void addRow(int[] played, int position, double share) {
        int repeats = 0;
        for (int i = 0; i < position; i++) {
            if (played[i] == played[position]) {
                return;
            }
            repeats += artistOf[played[i]] == artistOf[played[position]] ? 1 : 0;
        }
        if (rows == trackOf.length) {
            trackOf = Arrays.copyOf(trackOf, 2 * rows);
            repeatsOf = Arrays.copyOf(repeatsOf, 2 * rows);
            shareOf = Arrays.copyOf(shareOf, 2 * rows);
        }
        trackOf[rows] = played[position];
        repeatsOf[rows] = (byte) Math.min(repeats, Byte.MAX_VALUE);
        shareOf[rows++] = (float) share;
    }

    /** The number of tracks, played or not. */
    public int tracks() {
        return tracks;
    }

    /** The number of artists. */
    public int artists() {
        return artists;
    }

    /** The artist of a track. */
    public int artist(int track) {
        return artistOf[track];
    }

    int[] artistsOfTracks() {
        return artistOf.clone();
    }

    /** The number of listeners: one more than the largest listener. */
    public int listeners() {
        return listeners;
    }

    /** The number of sessions. */
    public int sessions() {
        return sessions;
    }

    int listener(int session) {
        return listenerOf[session];
    }

    int first(int session) {
        return firstOf[session];
    }

    /** The first row of a session; the number of all rows for {@code session} = {@link #sessions}. */
    int firstRow(int session) {
        return firstRow[session];
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    int track(int row) {
        return trackOf[row];
    }

    /** The number of earlier tracks of the row's artist in the session, at most 127. */
    int artistRepeats(int row) {
        return repeatsOf[row];
    }

    double share(int row) {
        return shareOf[row];
    }

    /** The mean share of all rows; NaN if there are none. */
    public double meanShare() {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += shareOf[row];
        }
        return sum / rows;
    }

    /** The mean share of each track's rows; NaN for a track without rows. */
    public double[] trackMeanShares() {
        double[] sums = new double[tracks];
        int[] counts = new int[tracks];
        for (int row = 0; row < rows; row++) {
            sums[trackOf[row]] += shareOf[row];
            counts[trackOf[row]]++;
        }
        Arrays.setAll(sums, track -> sums[track] / counts[track]);
        return sums;
    }

    /** A checksum of all sessions in their order, and the number of rows. */
    public String fingerprint() {
        var checksum = new CRC32C();
        var bytes = ByteBuffer.allocate(12);
        for (int session = 0; session < sessions; session++) {
            bytes.clear();
            bytes.putInt(listenerOf[session]).putInt(firstOf[session]).putInt(firstRow[session + 1]);
            checksum.update(bytes.flip());
        }
        for (int row = 0; row < rows; row++) {
            bytes.clear();
            bytes.putInt(trackOf[row]).putFloat(shareOf[row]);
            checksum.update(bytes.flip());
        }
        for (int artist : artistOf) {
            bytes.clear();
            checksum.update(bytes.putInt(artist).flip());
        }
        return String.format(Locale.ROOT, "%08x-%d", checksum.getValue(), rows);
    }
}
