package dev.segue.knn;

import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.play.Playback;
import java.util.List;
import java.util.function.LongConsumer;

/** Brings the sessions of an event log into an index: their tracks with the shares that were listened to. */
public final class LogSessions {

    private LogSessions() {}

    /**
     * The index of all sessions of a log. Sessions that are open when the log ends count too.
     *
     * @param progress receives the number of sessions so far
     * @throws dev.segue.event.EventLogException if a line is no event
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
     * Adds a session that has ended, unless it has fewer than two playbacks: nothing follows from it then.
     *
     * @return whether it was added
     */
    public static boolean add(Session session, SessionIndex index) {
        List<Playback> playbacks = session.playbacks();
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
