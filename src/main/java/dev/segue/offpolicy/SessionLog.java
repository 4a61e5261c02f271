package dev.segue.offpolicy;

import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The sessions of an event log, stored in arrays of about 40 bytes a request. */
public final class SessionLog {

    private final List<LoggedSession> sessions = new ArrayList<>();
    private final Map<ListenerId, Integer> units = new HashMap<>();
    private final IntPredicate isTrack;
    private final @Nullable String arm;
    private final int newest;
    private long withoutBeginning;
    private long otherArms;

    private SessionLog(IntPredicate isTrack, @Nullable String arm, int newest) {
        this.isTrack = isTrack;
        this.arm = arm;
        this.newest = newest;
    }

    /** An empty log.
     *
     * @param isTrack whether the catalog has a track
     * @param newest maximum number of sessions, ≥ 1; the last added ones are kept
     */
    public static SessionLog empty(IntPredicate isTrack, int newest) {
        return new SessionLog(isTrack, null, newest);
    }

    /**
     * Reads all sessions.
     * @param isTrack whether the catalog has a track
     * @param arm the name of an arm of any experiment, to read only sessions that are in it throughout; null for all sessions
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    public static SessionLog read(SessionReader reader, IntPredicate isTrack, @Nullable String arm) {
        var log = new SessionLog(isTrack, arm, Integer.MAX_VALUE);
        for (Session session = reader.next(); session != null; session = reader.next()) {
            log.add(session);
        }
        return log;
    }

    /** Adds a session. A session with missing requests is only counted. */
    public void add(Session session) {
        if (arm != null && !session.events().stream().allMatch(this::isInArm)) {
            otherArms++;
        } else if (!isComplete(session)) {
            withoutBeginning++;
        } else {
            Integer unit = units.putIfAbsent(session.listener(), units.size());
            sessions.add(new LoggedSession(unit == null ? units.size() - 1 : unit, session));
            if (sessions.size() - newest >= newest) {
                sessions.subList(0, sessions.size() - newest).clear();
            }
        }
    }

    private boolean isInArm(Event event) {
        return event.experiments().arms().contains(arm);
    }

    /** Whether the session has all requests before its last one. Sessions without sequence numbers are treated as complete. */
    private static boolean isComplete(Session session) {
        for (int i = 0; i < session.events().size(); i++) {
            int sequence = session.events().get(i).sequence();
            if (sequence > 0 && sequence != i + 1) {
                return false;
            }
        }
        return true;
    }

    /** The kept sessions, in the order in which they were added. */
    List<LoggedSession> sessions() {
        return sessions.subList(Math.max(0, sessions.size() - newest), sessions.size());
    }

    /** The number of listeners, including those whose sessions were dropped. */
    public int units() {
        return units.size();
    }

    /** Counts of the log. */
    public LogCounts counts() {
        long decisions = 0;
        long withoutRecommendation = 0;
        long withoutReward = 0;
        long withoutPropensity = 0;
        long wrongPropensity = 0;
        long otherPlayed = 0;
        long unknownTracks = 0;
        List<LoggedSession> kept = sessions();
        for (LoggedSession session : kept) {
            otherPlayed += session.otherPlayed();
            for (int i = 0; i < session.requests(); i++) {
                if (!session.hasRecommendation(i)) {
                    withoutRecommendation++;
                    continue;
                }
                decisions++;
                double propensity = session.propensity(i);
                withoutReward += session.hasReward(i) ? 0 : 1;
                withoutPropensity += Double.isNaN(propensity) ? 1 : 0;
                wrongPropensity += Double.isNaN(propensity) || Decision.isPropensity(propensity) ? 0 : 1;
                unknownTracks += isTrack.test(session.recommended(i)) ? 0 : 1;
            }
        }
        return new LogCounts(
                kept.size(),
                withoutBeginning,
                otherArms,
                decisions,
                withoutRecommendation,
                withoutReward,
                withoutPropensity,
                wrongPropensity,
                otherPlayed,
                unknownTracks);
    }
}
