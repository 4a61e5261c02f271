package dev.segue.importing;

/**
 * The playbacks that were read, in the order of their rows. A playback takes 37 bytes, 41 if its session is given.
 *
 * <p>Played times and durations are in ms, {@link Durations#UNKNOWN} if they are not known.
 */
final class PlayTable {

    /** The track was skipped. */
    static final int SKIPPED = 1;

    /** The track was not skipped. */
    static final int NOT_SKIPPED = 2;

    /** The track ended by itself. */
    static final int COMPLETE = 4;

    /** The timestamp marks the end of the playback. */
    static final int MARKS_END = 8;

    /** The playback is left out as a duplicate. */
    static final int DUPLICATE = 16;

    /** The first playback of a session. */
    static final int FIRST = 32;

    /** The last playback of a session. */
    static final int LAST = 64;

    static final int NO_SESSION = -1;

    final Ids listeners = Ids.ofListeners();
    final Ids tracks = Ids.ofTracks();
    final TextDictionary sessions = new TextDictionary();
    final TrackTexts texts = new TrackTexts();

    private final IntColumn listenerOf = new IntColumn();
    private final IntColumn trackOf = new IntColumn();
    private final LongColumn timestampOf = new LongColumn();
    private final IntColumn playedOf = new IntColumn();
    private final IntColumn durationOf = new IntColumn();
    private final IntColumn shareOf = new IntColumn();
    private final IntColumn flagsOf = new IntColumn();
    private final IntColumn lineOf = new IntColumn();
    private final IntColumn sessionOf = new IntColumn();

    /**
     * Adds a playback.
     *
     * @param share the share that was played, NaN if it is not given
     * @param flags bits such as {@link #SKIPPED}
     * @param line the number of the row in its file
     * @param session the number of the given session in {@link #sessions}, or {@link #NO_SESSION}
     */
    void add(
            int listener,
            int track,
            long timestamp,
            int played,
            int duration,
            float share,
            int flags,
            long line,
            int session) {
        if (session != NO_SESSION) {
            sessionOf.fill(size(), NO_SESSION);
            sessionOf.add(session);
        }
        listenerOf.add(listener);
        trackOf.add(track);
        timestampOf.add(timestamp);
        playedOf.add(played);
        durationOf.add(duration);
        shareOf.add(Float.floatToRawIntBits(share));
        flagsOf.add(flags);
        lineOf.add((int) Math.min(line, Integer.MAX_VALUE));
    }

    /** Ends the reading; see {@link Ids#finish}. */
    void finish() {
        listeners.finish();
        tracks.finish();
        for (int track = 0; track < tracks.bound(); track++) {
            if (tracks.merged(track) != track) {
                texts.merge(tracks.merged(track), track);
            }
        }
    }

    int size() {
        return listenerOf.size();
    }

    int listener(int row) {
        return listeners.merged(listenerOf.get(row));
    }

    int track(int row) {
        return tracks.merged(trackOf.get(row));
    }

    long timestamp(int row) {
        return timestampOf.get(row);
    }

    int played(int row) {
        return playedOf.get(row);
    }

    int duration(int row) {
        return durationOf.get(row);
    }

    float share(int row) {
        return Float.intBitsToFloat(shareOf.get(row));
    }

    void setShare(int row, double share) {
        shareOf.set(row, Float.floatToRawIntBits((float) share));
    }

    boolean is(int row, int flag) {
        return (flagsOf.get(row) & flag) != 0;
    }

    void set(int row, int flag) {
        flagsOf.set(row, flagsOf.get(row) | flag);
    }

    int line(int row) {
        return lineOf.get(row);
    }

    int session(int row) {
        return row < sessionOf.size() ? sessionOf.get(row) : NO_SESSION;
    }
}
