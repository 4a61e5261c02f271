package dev.segue.knn;

import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import java.util.List;
import java.util.function.LongConsumer;

/** Adds the sessions of an event log to an index: their tracks with the played shares. */
public final class LogSessions {

    private LogSessions() {}

    /** Builds the index of all sessions of a log, including those that are open at the end of the log.
     *
     * @param progress receives the number of sessions read so far, after each session
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    public static SessionIndex read(SessionReader sessions, IndexLimits limits, LongConsumer progress) {
        var index = new SessionIndex(limits);
        long read = 0;
        for (Session session = sessions.next(); session != null; session = sessions.next()) {
            add(session, index);
            progress.accept(++read);
        }
        return index;
    }

    /**
     * Adds an ended session, unless it has fewer than two playbacks of known tracks.
     *
     * @return whether the session was added
     */
    public static boolean add(Session session, SessionIndex index) {
        List<Playback> playbacks = session.playbacks().stream()
                .filter(playback -> TrackIds.isTrack(playback.track()))
                .toList();
        if (playbacks.size() < 2) {
            return false;
        }
        long[] tracks = new long[playbacks.size()];
        float[] shares = new float[tracks.length];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = playbacks.get(i).track();
            shares[i] = (float) playbacks.get(i).time();
        }
        index.add(tracks, shares, session.last().timestamp());
        return true;
    }
}
