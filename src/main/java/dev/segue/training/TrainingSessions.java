package dev.segue.training;

import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads the sessions of a log that a training can learn from: those with two or more playbacks. Sessions that are open when the log
 * ends count too, since what was heard was heard.
 */
final class TrainingSessions {

    private final int catalogTracks;
    private long sessions;
    private long shortSessions;
    private long unchosen;
    private LongSessions longSessions = LongSessions.NONE;

    /** @param catalogTracks how many tracks there are, ids 0 to that − 1 */
    TrainingSessions(int catalogTracks) {
        this.catalogTracks = catalogTracks;
    }

    /** Takes in a session. */
    @FunctionalInterface
    interface Learner {
        /**
         * Takes in the next session.
         *
         * @param number its position in the log, short sessions included, from 0
         * @param playbacks its playbacks in their order, at least two
         */
        void add(long number, Session session, List<Playback> playbacks);
    }

    /**
     * Reads all sessions.
     *
     * @param progress is given the number of sessions so far
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    SessionCounts read(SessionReader reader, Learner learner, LongConsumer progress) {
        for (Session session = reader.next(); session != null; session = reader.next()) {
            add(session, learner);
            progress.accept(++sessions);
        }
        return new SessionCounts(reader.counts(), shortSessions, unchosen, longSessions);
    }

    private void add(Session session, Learner learner) {
        for (Event event : session.events()) {
            TrainingException.requireInCatalog(event, catalogTracks);
        }
        List<Playback> playbacks = session.playbacks();
        unchosen += session.events().size() - playbacks.size();
        longSessions = longSessions.with(session);
        if (playbacks.size() < 2) {
            shortSessions++;
        } else {
            learner.add(sessions, session, playbacks);
        }
    }
}
