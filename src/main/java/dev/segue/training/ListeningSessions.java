package dev.segue.training;

import dev.segue.catalog.Tracks;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.play.Playback;
import dev.segue.posterior.SessionData;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Reads the sessions for a session model: 90% for training and 10% held out for testing. */
public final class ListeningSessions {

    private static final double HELD_OUT = 0.1;

    /** The key of this class's random streams. */
    private static final long STREAM = -17;

    private final TrackRows tracks;
    private final long seed;
    private final SessionData data;
    private final List<HeldOut> heldOut = new ArrayList<>();
    private final Map<ListenerId, Integer> listeners = new LinkedHashMap<>();

    /** Starts without sessions.
     *
     * @param seed determines the held-out sessions, together with their positions in the log
     */
    public ListeningSessions(Tracks tracks, long seed) {
        this.seed = seed;
        this.tracks = tracks.rows();
        data = new SessionData(artistOf(tracks));
    }

    /** The artist of each row; a track with an unknown artist gets an artist of its own. */
    private static int[] artistOf(Tracks tracks) {
        int[] artistOf = new int[tracks.size()];
        int next = tracks.byArtist().rows();
        for (int row = 0; row < artistOf.length; row++) {
            int artist = tracks.artistRow(tracks.idAt(row));
            artistOf[row] = artist < 0 ? next++ : artist;
        }
        return artistOf;
    }

    /** A session for testing.
     *
     * @param number the session's position in the log
     * @param played the rows of the tracks
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    record HeldOut(long number, ListenerId listener, int[] played, double[] shares) {}

    /** The sessions of a log.
     *
     * @param tracks the tracks of the rows
     * @param data the training sessions
     * @param listeners the listeners of the training sessions, by their numbers in {@code data}
     * @param heldOut the test sessions
     * @param counts counts of the log
     */
    public record Result(
            TrackRows tracks,
            SessionData data,
            List<ListenerId> listeners,
            List<HeldOut> heldOut,
            SessionCounts counts) {}

    /**
     * Reads all sessions.
     *
     * @param progress receives the number of sessions so far, after each session
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    public Result read(SessionReader reader, LongConsumer progress) {
        SessionCounts counts = new TrainingSessions(tracks).read(reader, this::add, progress);
        return new Result(tracks, data, List.copyOf(listeners.keySet()), heldOut, counts);
    }

    private void add(long number, Session session, List<Playback> playbacks) {
        int[] played = playbacks.stream()
                .mapToInt(playback -> tracks.row(playback.track()))
                .toArray();
        double[] shares = playbacks.stream().mapToDouble(Playback::time).toArray();
        if (new KeyedRandom(seed, STREAM, number, 0).nextDouble() < HELD_OUT) {
            heldOut.add(new HeldOut(number, session.listener(), played, shares));
        } else {
            Integer listener = listeners.putIfAbsent(session.listener(), listeners.size());
            data.add(listener == null ? listeners.size() - 1 : listener, played, shares);
        }
    }
}
