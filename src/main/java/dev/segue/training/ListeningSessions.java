package dev.segue.training;

import dev.segue.catalog.Tracks;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import dev.segue.play.Playback;
import dev.segue.posterior.SessionData;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Reads sessions for a session model: nine of ten for training, and one for the test.
 */
public final class ListeningSessions {

    private static final double HELD_OUT = 0.1;

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -17;

    private final int catalogTracks;
    private final long seed;
    private final SessionData data;
    private final List<HeldOut> heldOut = new ArrayList<>();
    private final Map<ListenerId, Integer> listeners = new LinkedHashMap<>();

    /**
     * A reader.
     *
     * @param seed decides, with its position in the log, whether a session is held out
     */
    public ListeningSessions(Tracks tracks, long seed) {
        this.seed = seed;
        catalogTracks = tracks.bound();
        data = new SessionData(artistOf(tracks));
    }

    /** Tracks by their ids; one whose artist the catalog does not know is the only one of its artist. */
    private static int[] artistOf(Tracks tracks) {
        int[] artistOf = new int[tracks.bound()];
        int next = tracks.byArtist().rows();
        for (int track = 0; track < artistOf.length; track++) {
            int artist = tracks.artistRow(track);
            artistOf[track] = artist < 0 ? next++ : artist;
        }
        return artistOf;
    }

    /**
     * A session that nothing is learned from.
     *
     * @param number the session's position in the log
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    record HeldOut(long number, ListenerId listener, int[] played, double[] shares) {}

    /**
     * The sessions that were read.
     *
     * @param data the sessions to learn from
     * @param listeners the listeners of the sessions to learn from, by their numbers in {@code data}
     * @param heldOut the sessions to test with
     * @param counts what the log held
     */
    public record Result(SessionData data, List<ListenerId> listeners, List<HeldOut> heldOut, SessionCounts counts) {}

    /**
     * Reads all sessions.
     *
     * @param progress is given the number of sessions so far
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public Result read(SessionReader reader, LongConsumer progress) {
        SessionCounts counts = new TrainingSessions(catalogTracks).read(reader, this::add, progress);
        return new Result(data, List.copyOf(listeners.keySet()), heldOut, counts);
    }

    private void add(long number, Session session, List<Playback> playbacks) {
        int[] played = playbacks.stream().mapToInt(Playback::track).toArray();
        double[] shares = playbacks.stream().mapToDouble(Playback::time).toArray();
        if (new KeyedRandom(seed, DRAW, number, 0).nextDouble() < HELD_OUT) {
            heldOut.add(new HeldOut(number, session.listener(), played, shares));
        } else {
            Integer listener = listeners.putIfAbsent(session.listener(), listeners.size());
            data.add(listener == null ? listeners.size() - 1 : listener, played, shares);
        }
    }
}
