package dev.segue.offpolicy;

import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The sessions of an event log, kept in arrays of some 40 bytes a request. */
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

    /**
     * A log without sessions yet.
     *
     * @param isTrack whether the catalog has a track
     * @param newest how many sessions are kept, those that were added last; at least 1
     */
    public static SessionLog empty(IntPredicate isTrack, int newest) {
        return new SessionLog(isTrack, null, newest);
    }

    /**
     * Reads all sessions.
     *
     * @param isTrack whether the catalog has a track
     * @param arm only sessions that are in an arm of this name throughout, in any experiment; null for all
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public static SessionLog read(SessionReader reader, IntPredicate isTrack, @Nullable String arm) {
        var log = new SessionLog(isTrack, arm, Integer.MAX_VALUE);
        for (Session session = reader.next(); session != null; session = reader.next()) {
            log.add(session);
        }
        return log;
    }

    /** Adds a session; one whose requests are not all there is counted only. */
    public void add(Session session) {
        if (arm != null && !session.events().stream().allMatch(this::isInArm)) {
            otherArms++;
        } else if (!isComplete(session)) {
            withoutBeginning++;
        } else {
            Integer known = units.putIfAbsent(session.listener(), units.size());
            sessions.add(new LoggedSession(known == null ? units.size() - 1 : known, session));
            if (sessions.size() - newest >= newest) {
                sessions.subList(0, sessions.size() - newest).clear();
            }
        }
    }

    private boolean isInArm(Event event) {
        return event.experiments().arms().contains(arm);
    }

    /** Whether no request is missing before the last one; unknown and so taken as complete where events have no numbers. */
    private static boolean isComplete(Session session) {
        for (int i = 0; i < session.events().size(); i++) {
            int sequence = session.events().get(i).sequence();
            if (sequence > 0 && sequence != i + 1) {
                return false;
            }
        }
        return true;
    }

    /** Those that are kept, in the order in which they were added. */
    List<LoggedSession> sessions() {
        return sessions.subList(Math.max(0, sessions.size() - newest), sessions.size());
    }

    /** How many listeners there are, those included whose sessions are not kept. */
    public int units() {
        return units.size();
    }

    /** Counts of what was read. */
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
            for (int i = 0; i < session.decisions(); i++) {
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
