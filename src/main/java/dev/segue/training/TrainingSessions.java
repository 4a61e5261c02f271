package dev.segue.training;

import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.id.TrackRows;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads the sessions of a log for a training: those with two or more playbacks, including the sessions that are open at the end of the log.
 */
final class TrainingSessions {

    private final TrackRows tracks;
    private long sessions;
    private long shortSessions;
    private long startEvents;
    private LongSessions longSessions = LongSessions.NONE;

    /** @param tracks the tracks of the catalog */
    TrainingSessions(TrackRows tracks) {
        this.tracks = tracks;
    }

    /** Receives the sessions. */
    @FunctionalInterface
    interface SessionConsumer {
        /** Receives the next session.
         *
         * @param number the session's position in the log, from 0, counting short sessions
         * @param playbacks the session's playbacks of tracks of the catalog in order, at least two
         */
        void accept(long number, Session session, List<Playback> playbacks);
    }

    /**
     * Reads all sessions.
     *
     * @param progress receives the number of sessions so far, after each session
     * @throws TrainingException if a track is not in the catalog; reported plays of such tracks are left out
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    SessionCounts read(SessionReader reader, SessionConsumer consumer, LongConsumer progress) {
        for (Session session = reader.next(); session != null; session = reader.next()) {
            add(session, consumer);
            progress.accept(++sessions);
        }
        return new SessionCounts(reader.counts(), shortSessions, startEvents, longSessions);
    }

    private void add(Session session, SessionConsumer consumer) {
        List<Playback> playbacks = new ArrayList<>();
        for (Event event : session.events()) {
            Playback playback = event.playback();
            if (playback == null) {
                startEvents++;
            } else if (TrainingException.isInCatalog(event, playback, tracks)) {
                playbacks.add(playback);
            }
        }
        longSessions = longSessions.with(session);
        if (playbacks.size() < 2) {
            shortSessions++;
        } else {
            consumer.accept(sessions, session, playbacks);
        }
    }
}
